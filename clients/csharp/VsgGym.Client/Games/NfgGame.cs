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
    public static NfgGame FromFile(string path) => new(ReadFile(path, ".nfg"));

    private protected override void Fill(Wire.GameSpec spec) => spec.Nfg = Text;
}
