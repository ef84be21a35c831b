using System.Text.Json;

namespace VsgGym.Client;

/// <summary>Where a client connects and with which token.</summary>
internal readonly record struct Endpoint(string Address, string? Token)
{
    private const string DefaultAddress = "127.0.0.1:50051";

    /// <summary>The arguments, else VSGGYM_ADDRESS and VSGGYM_TOKEN, else the file that VSGGYM_ADDRESS_FILE names, else the default address.</summary>
    /// <param name="address">As given by the caller.</param>
    /// <param name="token">As given by the caller.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <exception cref="UnavailableException">The address file does not exist.</exception>
    /// <exception cref="InvalidArgumentException">The address file cannot be read.</exception>
    public static Endpoint Resolve(string? address, string? token, Func<string, string?> variable)
    {
        token ??= NonEmpty(variable("VSGGYM_TOKEN"));
        address ??= NonEmpty(variable("VSGGYM_ADDRESS"));
        if (address is not null || NonEmpty(variable("VSGGYM_ADDRESS_FILE")) is not { } path) return new Endpoint(address ?? DefaultAddress, token);
        var found = Read(path);
        return found with { Token = token ?? found.Token };
    }

    private static Endpoint Read(string path)
    {
        try
        {
            using var content = JsonDocument.Parse(File.ReadAllText(path));
            string? address = content.RootElement.GetProperty("address").GetString();
            string? token = content.RootElement.TryGetProperty("token", out var found) ? found.GetString() : null;
            return new Endpoint(address ?? throw new JsonException("its address is null"), token);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            var fault = new Fault("VSGGYM_ADDRESS_FILE", path, "must be the address file of a running server: it does not exist", "file_not_found");
            throw new UnavailableException(fault.ToString(), [fault], e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw ErrorDecoder.Invalid("VSGGYM_ADDRESS_FILE", path, $"must be an address file as serve --address-file writes it: {e.Message}", "malformed_address_file");
        }
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
