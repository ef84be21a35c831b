using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A game given as text in Gambit's extensive-form file format (.efg); the server converts it to its reduced normal form.</summary>
/// <param name="Text">The whole text.</param>
/// <example>
/// <code>
/// var solution = await client.SolveAsync(EfgGame.FromFile("game.efg"), "rommeo_q");
/// </code>
/// </example>
public sealed record EfgGame(string Text) : GameSource
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="NotFoundException">The file does not exist or cannot be read.</exception>
    public static EfgGame FromFile(string path) => new(ReadFile(path, ".efg"));

    private protected override void Fill(Wire.GameSpec spec) => spec.Efg = Text;
}
