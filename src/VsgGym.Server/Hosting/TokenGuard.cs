using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Hosting;

/// <summary>Lets only calls with the token pass; the health service stays open for probes.</summary>
/// <param name="token">The token.</param>
/// <param name="logger">Told of calls refused.</param>
internal sealed class TokenGuard(string token, ILogger logger)
{
    private const string Scheme = "Bearer ";
    private const string HealthPath = "/grpc.health.v1.Health";

    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Reads the token of a file: its text without the blanks around it.</summary>
    /// <exception cref="ServerStartException">The file cannot be read, or is empty.</exception>
    public static string Read(string path)
    {
        try
        {
            string text = File.ReadAllText(path).Trim();
            return text.Length > 0 && text.All(c => c is > ' ' and <= '~')
                ? text
                : throw new ServerStartException($"--token-file {path} must hold one token of printable ASCII characters without blanks", 2);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"--token-file {path} cannot be read: {error.Message}", 2, error);
        }
    }

    /// <summary>Passes a call on or refuses it.</summary>
    public Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(HealthPath, StringComparison.Ordinal) || Fits(context.Request.Headers.Authorization.ToString())) return next(context);
        Log.Unauthenticated(logger, context.Request.Path, context.Connection.RemoteIpAddress?.ToString() ?? "unix socket");
        TrailersOnly.Write(context.Response, new Proto.Error
        {
            Code = (int)StatusCode.Unauthenticated,
            Message = "metadata authorization: must be \"Bearer TOKEN\" with the token of the server's --token-file",
            Faults = { new Proto.Fault { Path = "metadata.authorization", Rule = "must be \"Bearer TOKEN\" with the server's token", Reason = "unauthenticated" } },
        });
        return Task.CompletedTask;
    }

    // Hashes of equal length, compared in constant time, tell nothing about the token.
    private bool Fits(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(_expected, SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())));
}
