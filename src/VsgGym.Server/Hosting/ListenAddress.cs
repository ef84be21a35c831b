using System.Globalization;
using System.Net;

namespace VsgGym.Server.Hosting;

/// <summary>One address to listen on: an IP address with a port, or a unix socket.</summary>
internal sealed record ListenAddress
{
    private const string UnixPrefix = "unix:";
    private const string LocalPrefix = "localhost:";

    /// <summary>The TCP end point, or null for a unix socket.</summary>
    public IPEndPoint? Tcp { get; private init; }

    /// <summary>The unix socket's absolute path, or null for TCP.</summary>
    public string? UnixPath { get; private init; }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLocal => Tcp is null || IPAddress.IsLoopback(Tcp.Address);

    /// <summary>A port of 127.0.0.1.</summary>
    /// <param name="port">0 takes a free one.</param>
    public static ListenAddress Loopback(int port) => new() { Tcp = new IPEndPoint(IPAddress.Loopback, port) };

    /// <summary>A unix socket.</summary>
    /// <param name="path">Made absolute.</param>
    public static ListenAddress Unix(string path) => new() { UnixPath = Path.GetFullPath(path) };

    /// <summary>Reads an address: "127.0.0.1:50051", "localhost:0", "[::1]:50051", "unix:/tmp/vsggym.sock".</summary>
    /// <exception cref="FormatException">It is none of these; the message says why.</exception>
    public static ListenAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal)) return ParseUnix(text);
        string numeric = text.StartsWith(LocalPrefix, StringComparison.Ordinal) ? $"127.0.0.1:{text[LocalPrefix.Length..]}" : text;
        int colon = numeric.LastIndexOf(':');
        if (colon <= 0) throw Wrong(text, "has no port");
        string port = numeric[(colon + 1)..];
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > IPEndPoint.MaxPort)
            throw Wrong(text, $"port \"{port}\" is not in 0..65535");
        string host = numeric[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!IPAddress.TryParse(bracketed ? host[1..^1] : host, out var address) || bracketed != host.Contains(':', StringComparison.Ordinal))
            throw Wrong(text, $"\"{host}\" is not an IP address");
        return new ListenAddress { Tcp = new IPEndPoint(address, number) };
    }

    /// <inheritdoc/>
    public override string ToString() => UnixPath is null ? Tcp!.ToString() : UnixPrefix + UnixPath;

    private static ListenAddress ParseUnix(string text)
    {
        string path = text[UnixPrefix.Length..];
        if (path.Length == 0) throw Wrong(text, "has no path");
        var address = Unix(path);
        // sockaddr_un holds 108 bytes with the ending zero; a longer path would be cut by the system.
        return System.Text.Encoding.UTF8.GetByteCount(address.UnixPath!) <= 107 ? address : throw Wrong(text, "is longer than the 107 bytes a unix socket's path may have");
    }

    private static FormatException Wrong(string text, string why) =>
        new($"address \"{text}\" {why}; write IP:PORT (port 0 takes a free one), localhost:PORT or unix:/PATH");
}
