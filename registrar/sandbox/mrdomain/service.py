"""Module service (manual 7), known by name."""

from registrar.sandbox.mrdomain.unbuilt import actions

NAMES = """
list getinfo create renew upgrade update parkinggetinfo parkingupdate webconstructorlogin
ftplist ftpgetinfo ftpcreate ftpupdate ftpdelete
ddbblist ddbbgetinfo ddbbcreate ddbbupdate ddbbdelete
subdomainlist subdomaingetinfo subdomaincreate subdomainupdate subdomaindelete
redirectlist redirectgetinfo redirectcreate redirectupdate redirectdelete
maillist mailgetinfo mailcreate mailupdate maildelete
mailaliaslist mailaliasgetinfo mailaliascreate mailaliasupdate mailaliasdelete
dnslist dnsgetinfo dnscreate dnsupdate dnsdelete dnsrestore dnssetzone dnsdeleteall
"""
ACTIONS = actions("service", NAMES)
