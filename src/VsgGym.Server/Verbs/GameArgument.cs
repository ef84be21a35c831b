using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>A game named on the command line: an id of the catalog, or a file in Gambit's normal-form format.</summary>
internal static class GameArgument
{
    private const string NfgEnding = ".nfg";

    /// <summary>What is accepted, for --help.</summary>
    public const string Help = "Id of a game, or a file that ends in .nfg (Gambit's normal-form format)";

    /// <summary>Reads the argument; the file, where it is one.</summary>
    /// <param name="word">What was given.</param>
    /// <param name="optionsJson">The game's options.</param>
    /// <exception cref="VsgGymException">The file cannot be read.</exception>
    public static Proto.GameSpec Read(string word, string optionsJson)
    {
        if (!word.EndsWith(NfgEnding, StringComparison.OrdinalIgnoreCase)) return new Proto.GameSpec { Id = word, OptionsJson = optionsJson };
        try
        {
            return new Proto.GameSpec { Nfg = File.ReadAllText(word), OptionsJson = optionsJson };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw VsgGymException.Invalid("game", word, $"the file cannot be read: {error.Message}", "unreadable");
        }
    }
}
