namespace Grpc.Core;

/// <summary>The server whose certificate is being checked.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>Name that was called.</summary>
    public string TargetName { get; }

    /// <summary>Certificate in PEM.</summary>
    public string PeerPem { get; }
}
