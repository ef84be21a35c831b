namespace Grpc.Core;

/// <summary>Checks a server's certificate; false refuses it.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
