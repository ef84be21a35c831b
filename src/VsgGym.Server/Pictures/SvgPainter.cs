using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;
using VsgGym.Core;

namespace VsgGym.Server.Pictures;

/// <summary>Paints drawings' SVG documents, in the colors of light pages.</summary>
/// <remarks>
/// Exactly what drawings consist of is known: rectangles, circles, paths, text and shifted groups; anything else is an error, for a picture
/// without it would be wrong. The same document gives the same bytes on the same machine.
/// </remarks>
internal sealed class SvgPainter
{
    private const int Channels = 3;

    private readonly SKCanvas _canvas;
    private readonly SvgStyle _style;
    private readonly Letters _letters;

    private SvgPainter(SKCanvas canvas, SvgStyle style, Letters letters) => (_canvas, _style, _letters) = (canvas, style, letters);

    /// <summary>Paints a document at its own size, a pixel for each of its units, on white.</summary>
    /// <param name="svg">What <see cref="Drawing.ToSvg"/> gives.</param>
    /// <param name="mostBytes">The most bytes of pixels.</param>
    /// <param name="letters">Writes its text.</param>
    /// <exception cref="VsgGymException">The picture would be larger.</exception>
    /// <exception cref="InvalidOperationException">The document has something that drawings do not have.</exception>
    public static Picture Paint(string svg, long mostBytes, Letters letters)
    {
        var root = XDocument.Parse(svg, LoadOptions.PreserveWhitespace).Root!;
        int width = (int)Math.Ceiling(Number(root, "width")), height = (int)Math.Ceiling(Number(root, "height"));
        long bytes = (long)width * height * Channels;
        if (bytes > mostBytes)
            throw VsgGymException.OverLimit("max_message_bytes", mostBytes, $"the picture of {width} x {height} pixels has {bytes} bytes: raise the client's or the server's largest message, or ask for svg or text", "message_too_large");
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            var style = new SvgStyle(string.Concat(root.Elements().Where(e => e.Name.LocalName == "style").Select(e => e.Value)));
            new SvgPainter(canvas, style, letters).PaintAll(root);
        }

        return new Picture(WithoutAlpha(bitmap.GetPixelSpan(), bitmap.RowBytes, width, height), width, height);
    }

    private static byte[] WithoutAlpha(ReadOnlySpan<byte> from, int rowBytes, int width, int height)
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(width * height * Channels);
        for (int y = 0, i = 0; y < height; y++)
        {
            var row = from.Slice(y * rowBytes, width * 4);
            for (int x = 0; x < row.Length; x += 4, i += Channels) row.Slice(x, Channels).CopyTo(pixels.AsSpan(i));
        }

        return pixels;
    }

    private void PaintAll(XElement parent)
    {
        foreach (var element in parent.Elements()) Paint(element);
    }

    private void Paint(XElement element)
    {
        using var fill = _style.Fill(element);
        using var stroke = _style.Stroke(element);
        switch (element.Name.LocalName)
        {
            case "style":
                break;
            case "g":
                PaintShifted(element);
                break;
            case "text":
                PaintText(element, fill);
                break;
            case "rect":
                float corner = Number(element, "rx", 0);
                var box = SKRect.Create(Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"));
                Both(fill, stroke, paint => _canvas.DrawRoundRect(box, corner, corner, paint));
                break;
            case "circle":
                Both(fill, stroke, paint => _canvas.DrawCircle(Number(element, "cx"), Number(element, "cy"), Number(element, "r"), paint));
                break;
            case "path":
                using (var path = SKPath.ParseSvgPathData(element.Attribute("d")!.Value)) Both(fill, stroke, paint => _canvas.DrawPath(path, paint));
                break;
            default:
                throw new InvalidOperationException($"The element \"{element.Name.LocalName}\" cannot be painted.");
        }
    }

    private static void Both(SKPaint? fill, SKPaint? stroke, Action<SKPaint> draw)
    {
        if (fill is not null) draw(fill);
        if (stroke is not null) draw(stroke);
    }

    private void PaintShifted(XElement group)
    {
        const string Shift = "translate(";
        string transform = group.Attribute("transform")!.Value;
        string[] parts = transform.StartsWith(Shift, StringComparison.Ordinal) ? transform[Shift.Length..^1].Split(' ') : [];
        if (parts.Length != 2) throw new InvalidOperationException($"The transform \"{transform}\" cannot be painted.");
        _canvas.Save();
        _canvas.Translate(float.Parse(parts[0], CultureInfo.InvariantCulture), float.Parse(parts[1], CultureInfo.InvariantCulture));
        PaintAll(group);
        _canvas.Restore();
    }

    private void PaintText(XElement element, SKPaint? fill)
    {
        if (fill is null) return;
        float size = Number(element, "font-size"), width = element.Value.Length * size * Letters.CellWidth;
        float share = element.Attribute("text-anchor")?.Value switch { "middle" => 0.5f, "end" => 1, _ => 0 };
        bool isBold = element.Attribute("font-weight")?.Value == "bold";
        _letters.Write(_canvas, element.Value, Number(element, "x") - (share * width), Number(element, "y"), size, isBold, fill);
    }

    private static float Number(XElement element, string attribute, float? otherwise = null) =>
        element.Attribute(attribute)?.Value is { } text ? float.Parse(text, CultureInfo.InvariantCulture)
        : otherwise ?? throw new InvalidOperationException($"A {element.Name.LocalName} without {attribute} cannot be painted.");
}
