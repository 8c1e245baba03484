"""BookMyName (Online, Free): SOAP without a WSDL, written from its manual and notes; and the DAS line protocol."""
