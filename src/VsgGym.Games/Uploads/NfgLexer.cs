using System.Text;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>Cuts .nfg text into words, quoted texts, braces and commas.</summary>
internal sealed class NfgLexer(string text)
{
    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <summary>The next piece; the end, once reached, again and again.</summary>
    /// <exception cref="VsgGymException">A quoted text does not end.</exception>
    public NfgToken Next()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '\uFEFF')) Skip();
        int line = _line, column = _at - _lineStart + 1;
        if (_at >= text.Length) return new NfgToken(NfgKind.End, string.Empty, line, column);
        char c = text[_at];
        if (c == '"') return new NfgToken(NfgKind.Text, Quoted(line, column), line, column);
        if (c is '{' or '}' or ',')
        {
            _at++;
            return new NfgToken(c == '{' ? NfgKind.Open : c == '}' ? NfgKind.Close : NfgKind.Comma, c.ToString(), line, column);
        }

        int start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('{' or '}' or ',' or '"')) _at++;
        return new NfgToken(NfgKind.Word, text[start.._at], line, column);
    }

    /// <summary>An error at a place.</summary>
    public static VsgGymException Wrong(NfgToken found, string expected) =>
        VsgGymException.Invalid($"nfg[line {found.Line}, column {found.Column}]", found.Shown, $"expected {expected}", "bad_nfg");

    private string Quoted(int line, int column)
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; Skip())
        {
            if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] is '"' or '\\') _at++;
            value.Append(text[_at]);
        }

        if (_at >= text.Length)
            throw Wrong(new NfgToken(NfgKind.Word, VsgGymException.Show("\"" + value), line, column), "a closing \" before the end of the text");
        _at++;
        return value.ToString();
    }

    private void Skip()
    {
        if (text[_at++] != '\n') return;
        _line++;
        _lineStart = _at;
    }
}
