using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>A game named on the command line: an id of the catalog, or a file in one of Gambit's two formats.</summary>
internal static class GameArgument
{
    private const string NfgEnding = ".nfg";
    private const string EfgEnding = ".efg";

    /// <summary>What is accepted, for --help.</summary>
    public const string Help = "Id of a game, or a file that ends in .nfg or .efg (Gambit's normal and extensive form)";

    /// <summary>Reads the argument; the file, where it is one.</summary>
    /// <param name="word">What was given.</param>
    /// <param name="optionsJson">The game's options.</param>
    /// <exception cref="VsgGymException">The file cannot be read.</exception>
    public static Proto.GameSpec Read(string word, string optionsJson)
    {
        bool nfg = word.EndsWith(NfgEnding, StringComparison.OrdinalIgnoreCase), efg = word.EndsWith(EfgEnding, StringComparison.OrdinalIgnoreCase);
        if (!nfg && !efg) return new Proto.GameSpec { Id = word, OptionsJson = optionsJson };
        try
        {
            string text = File.ReadAllText(word);
            return nfg ? new Proto.GameSpec { Nfg = text, OptionsJson = optionsJson } : new Proto.GameSpec { Efg = text, OptionsJson = optionsJson };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw VsgGymException.Invalid("game", word, $"the file cannot be read: {error.Message}", "unreadable");
        }
    }
}
