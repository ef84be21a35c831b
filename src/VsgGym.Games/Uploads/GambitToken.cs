namespace VsgGym.Games;

/// <summary>What a piece of a Gambit file is.</summary>
internal enum GambitKind
{
    Word,
    Text,
    Open,
    Close,
    Comma,
    End,
}

/// <summary>A piece of a Gambit file with its place.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">A word as it stands, or a quoted text without quotes and escapes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct GambitToken(GambitKind Kind, string Value, int Line, int Column)
{
    /// <summary>The piece as an error shows it.</summary>
    public string Shown => Kind switch
    {
        GambitKind.End => "the end of the text",
        GambitKind.Text => $"\"{Value}\"",
        _ => Value,
    };
}
