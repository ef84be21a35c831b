using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace VsgGym.Server.Hosting;

/// <summary>The file by which clients find a server: there as long as the server runs, and never half written.</summary>
/// <param name="path">Where it lies.</param>
internal sealed class AddressFile(string path)
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly string _path = Path.GetFullPath(path);
    private string? _written;

    /// <summary>Writes the file; readable by its owner only, since it may hold the token.</summary>
    /// <param name="addresses">Where the server listens, the first one first.</param>
    /// <param name="token">The token clients must send, or null.</param>
    /// <exception cref="ServerStartException">The file cannot be written.</exception>
    public void Write(ImmutableArray<string> addresses, string? token)
    {
        var content = new { Address = addresses[0], Addresses = addresses, Pid = System.Environment.ProcessId, Token = token, Protocol = ProtocolVersion.Text };
        string text = JsonSerializer.Serialize(content, Form) + "\n";
        string beside = $"{_path}.{System.Environment.ProcessId}.new";
        try
        {
            using (var file = new FileStream(beside, OwnerOnly()))
                file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            File.Move(beside, _path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Discard(beside);
            throw new ServerStartException($"--address-file {_path} cannot be written: {error.Message}", 1, error);
        }

        _written = text;
    }

    /// <summary>Removes the file, unless another server has written its own in the meantime.</summary>
    /// <param name="logger">Told where the file cannot be read or removed; the server ends all the same.</param>
    public void Remove(ILogger logger)
    {
        try
        {
            if (_written is null || !File.Exists(_path) || File.ReadAllText(_path) != _written) return;
            File.Delete(_path);
            _written = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.AddressFileLeft(logger, _path, error.Message);
        }
    }

    // The half-made file may hold the token.
    private static void Discard(string beside)
    {
        try
        {
            File.Delete(beside);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What kept the file from being written is the error to report; this one follows from it.
        }
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
