using System.Globalization;

namespace VsgGym.Core;

/// <summary>The document around a drawing's elements: fonts, colors and the card behind them.</summary>
/// <remarks>
/// The card makes a drawing legible on any page; where the viewer asks for dark colors, card, ink and lines change together.
/// Documents that stand in one page share these rules, which are the same in all of them.
/// </remarks>
internal static class SvgPage
{
    private const string Font = "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace";

    private const string Colors = """
        .vsg-card{fill:#FCFCFC;stroke:#C8C8C8}.vsg-ink{fill:#1A1A1A}.vsg-dim{fill:#5A5A5A}.vsg-line{fill:none;stroke:#8C8C8C}.vsg-mark{fill:#FFE9A8;stroke:#B36B00;stroke-width:2}.vsg-edge{stroke:#8C8C8C}.vsg-edge-head{fill:#8C8C8C}.vsg-edge-mark{stroke:#B36B00}.vsg-edge-mark-head{fill:#B36B00}.vsg-plate{fill:#FCFCFC}
        @media (prefers-color-scheme:dark){.vsg-card{fill:#1B1D20;stroke:#4A4D52}.vsg-ink{fill:#F0F0F0}.vsg-dim{fill:#B4B4B4}.vsg-line{stroke:#7C7F84}.vsg-mark{fill:#5A4300;stroke:#FFC14D}.vsg-edge{stroke:#7C7F84}.vsg-edge-head{fill:#7C7F84}.vsg-edge-mark{stroke:#FFC14D}.vsg-edge-mark-head{fill:#FFC14D}.vsg-plate{fill:#1B1D20}}
        """;

    /// <summary>A whole document.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="rules">More style rules, each on a line of its own, or nothing.</param>
    /// <param name="body">Lines of elements, each ending in '\n'.</param>
    public static string Write(double width, double height, string rules, string body)
    {
        string w = N(width), h = N(height), more = rules.Length == 0 ? string.Empty : "\n" + rules;
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" width="{w}" height="{h}" font-family="{Font}">
            <style>{Colors}{more}</style>
            {body}</svg>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The background of a drawing of this size.</summary>
    public static string Card(double width, double height) =>
        $"<rect x=\"0.5\" y=\"0.5\" width=\"{N(width - 1)}\" height=\"{N(height - 1)}\" rx=\"6\" class=\"vsg-card\"/>\n";

    /// <summary>Elements within the margins.</summary>
    public static string Inside(string elements) =>
        string.Create(CultureInfo.InvariantCulture, $"<g transform=\"translate({SvgCanvas.Margin} {SvgCanvas.Margin})\">\n{elements}</g>\n");

    private static string N(double value) => Drawing.Number(Math.Round(value, 1));
}
