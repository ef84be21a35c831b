namespace VsgGym.Client;

/// <summary>How an environment's calls travel; both mean the same, bit for bit.</summary>
public enum EnvironmentTransport
{
    /// <summary>One bidirectional stream per environment: the fastest in .NET, and the environment dies with its connection. The default.</summary>
    Stream,

    /// <summary>One unary call per reset and step: passes through proxies that do not carry streams.</summary>
    Unary,
}
