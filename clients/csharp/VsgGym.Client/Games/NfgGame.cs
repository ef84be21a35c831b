using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A game given as text in Gambit's normal-form file format (.nfg).</summary>
/// <param name="Text">The whole text.</param>
/// <example>
/// <code>
/// var solution = await client.SolveAsync(NfgGame.FromFile("game.nfg"), "rommeo_q");
/// </code>
/// </example>
public sealed record NfgGame(string Text) : GameSource
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="NotFoundException">The file does not exist or cannot be read.</exception>
    public static NfgGame FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return new NfgGame(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var fault = new Fault("game", path, "must be the path of a readable .nfg file", "file_not_found");
            throw new NotFoundException($"{fault} ({e.Message})", [fault], e);
        }
    }

    private protected override void Fill(Wire.GameSpec spec) => spec.Nfg = Text;
}
