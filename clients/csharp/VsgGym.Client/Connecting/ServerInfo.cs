namespace VsgGym.Client;

/// <summary>Who answered the handshake.</summary>
/// <param name="Name">Name and version of the server.</param>
/// <param name="Protocol">Version of the protocol it speaks, "major.minor".</param>
/// <param name="Capabilities">What it can do: "stream", "unary", "same_step", ...</param>
/// <param name="Limits">What it allows.</param>
public sealed record ServerInfo(string Name, string Protocol, IReadOnlyList<string> Capabilities, ServerLimits Limits);
