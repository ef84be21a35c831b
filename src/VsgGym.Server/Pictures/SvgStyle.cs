using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace VsgGym.Server.Pictures;

/// <summary>How an element is filled and outlined: its attributes, and over them the rules of its classes.</summary>
/// <remarks>Only the rules for light pages are read: those within a media query, for pages of dark colors, are left out.</remarks>
internal sealed class SvgStyle
{
    private static readonly string[] Properties = ["fill", "stroke", "stroke-width"];

    private readonly Dictionary<string, (string Property, string Value)[]> _classes = new(StringComparer.Ordinal);

    /// <summary>Reads a document's rules: ".name{property:value;property:value}".</summary>
    /// <exception cref="InvalidOperationException">A rule is of another form.</exception>
    public SvgStyle(string rules)
    {
        string light = rules.Split("@media")[0];
        foreach (string rule in light.Split('}', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = rule.Split('{');
            if (parts.Length != 2 || !parts[0].StartsWith('.')) throw new InvalidOperationException($"The rule \"{rule}\" cannot be painted.");
            _classes[parts[0][1..]] = [.. parts[1].Split(';').Select(pair => pair.Split(':')).Select(pair => (Known(pair[0]), pair[1]))];
        }
    }

    /// <summary>What fills an element, or null.</summary>
    public SKPaint? Fill(XElement element) => Paint(Value(element, "fill") ?? "#000000", SKPaintStyle.Fill, 0);

    /// <summary>What outlines an element, or null.</summary>
    public SKPaint? Stroke(XElement element) =>
        Paint(Value(element, "stroke") ?? "none", SKPaintStyle.Stroke, float.Parse(Value(element, "stroke-width") ?? "1", CultureInfo.InvariantCulture));

    private static SKPaint? Paint(string color, SKPaintStyle style, float width) =>
        color == "none" ? null : new SKPaint { Color = SKColor.Parse(color), Style = style, StrokeWidth = width, IsAntialias = true };

    private static string Known(string property) =>
        Properties.Contains(property) ? property : throw new InvalidOperationException($"The property \"{property}\" cannot be painted.");

    private string? Value(XElement element, string property)
    {
        foreach (string name in (element.Attribute("class")?.Value ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!_classes.TryGetValue(name, out var rules)) throw new InvalidOperationException($"The document has no rule for \"{name}\".");
            foreach (var (known, value) in rules)
                if (known == property) return value;
        }

        return element.Attribute(property)?.Value;
    }
}
