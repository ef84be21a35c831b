using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VsgGym.Core;

/// <summary>Drawings shown one after the other, as one SVG that moves: an episode, step by step.</summary>
/// <remarks>
/// The document has no scripts: style rules show each frame in its turn and begin again after the last one, which stays twice as long. It
/// moves in a browser's page and in its img element; the first frame stands alone where nothing moves, and where the viewer asks for less
/// motion. Every id and rule of its own starts with a hash of the content, so that several reels can stand in one page.
/// </remarks>
public sealed class DrawingReel
{
    private const double Overlap = 0.05; // a frame stays a little under the next one, or the first would flash between them
    private const int HashLetters = 10;

    private readonly List<SvgCanvas> _frames = [];
    private readonly double _seconds;

    /// <summary>Starts an empty reel.</summary>
    /// <param name="secondsPerFrame">How long a frame is shown, in [0.01, 3600] seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside its range.</exception>
    public DrawingReel(double secondsPerFrame)
    {
        if (!(secondsPerFrame is >= 0.01 and <= 3600)) throw new ArgumentOutOfRangeException(nameof(secondsPerFrame), secondsPerFrame, "must be in [0.01, 3600]");
        _seconds = secondsPerFrame;
    }

    /// <summary>Number of frames.</summary>
    public int Count => _frames.Count;

    /// <summary>Letters that the frames have so far, before what they share is taken out: no document is much longer.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a frame at the end.</summary>
    /// <param name="caption">One line above the drawing; long ones are cut.</param>
    /// <param name="drawing">The frame.</param>
    public DrawingReel Add(string caption, Drawing drawing)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        var canvas = new SvgCanvas();
        new DrawingBuilder().Caption(caption).Build().AppendSvg(canvas);
        drawing.AppendSvg(canvas);
        _frames.Add(canvas);
        Length += canvas.Length;
        return this;
    }

    /// <summary>The whole document, as large as its largest frame.</summary>
    /// <exception cref="InvalidOperationException">The reel is empty.</exception>
    public string ToSvg()
    {
        if (_frames.Count == 0) throw new InvalidOperationException("a reel needs a frame");
        double width = _frames.Max(frame => frame.Width), height = _frames.Max(frame => frame.Height);
        string[][] lines = [.. _frames.Select(frame => frame.Elements.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        string name = Name(), card = SvgPage.Card(width, height);
        var runs = new SharedRuns(lines, name);
        var body = new StringBuilder();
        if (runs.Definitions.Length > 0) body.Append("<defs>\n").Append(runs.Definitions).Append("</defs>\n");
        for (int i = 0; i < lines.Length; i++)
        {
            body.Append(i == 0 ? "<g>\n" : Opening(i, name)).Append(card).Append(SvgPage.Inside(runs.Write(lines[i]))).Append("</g>\n");
        }

        return SvgPage.Write(width, height, lines.Length == 1 ? string.Empty : Rules(name), body.ToString());
    }

    private string Opening(int frame, string name)
    {
        string last = frame == _frames.Count - 1 ? $" {name}-last" : string.Empty;
        return $"<g class=\"{name}{last}\" visibility=\"hidden\" style=\"animation-delay:{Number(frame * _seconds)}s\">\n";
    }

    private string Rules(string name)
    {
        double turns = _frames.Count + 1; // the last frame has two
        string one = Number(100 * (1 + Overlap) / turns), two = Number(100 * 2 / turns), period = Number(turns * _seconds);
        return $$$"""
            @keyframes {{{name}}}-show{0%{visibility:visible}{{{one}}}%{visibility:hidden}100%{visibility:hidden}}
            @keyframes {{{name}}}-hold{0%{visibility:visible}{{{two}}}%{visibility:hidden}100%{visibility:hidden}}
            .{{{name}}}{animation:{{{name}}}-show {{{period}}}s step-end infinite}.{{{name}}}-last{animation-name:{{{name}}}-hold}
            @media (prefers-reduced-motion:reduce){.{{{name}}}{animation:none}}
            """;
    }

    private string Name()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Number(_seconds)));
        foreach (var frame in _frames) hash.AppendData(Encoding.UTF8.GetBytes($"\0{frame.Elements}"));
        return $"vsg-{Convert.ToHexStringLower(hash.GetHashAndReset())[..HashLetters]}";
    }

    private static string Number(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
}
