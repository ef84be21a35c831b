namespace Grpc.Core;

/// <summary>Takes the content of channel credentials for a transport.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>Takes insecure credentials.</summary>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>Takes TLS credentials.</summary>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback);

    /// <summary>Takes channel credentials with call credentials.</summary>
    public abstract void SetCompositeCredentials(
        object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
