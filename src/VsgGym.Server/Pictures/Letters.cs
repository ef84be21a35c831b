using SkiaSharp;

namespace VsgGym.Server.Pictures;

/// <summary>Writes text, each letter in a cell of one width, with a font of this machine.</summary>
/// <remarks>
/// The first monospace font of a fixed list is taken, else the first of the machine that is one, else any; a wide letter is pressed into its
/// cell, so that text stays where the drawing has room for it. Where the machine has no font at all, a bar stands for each letter: the picture
/// has its shapes and colors, and only the words are lost.
/// </remarks>
/// <param name="plain">The font, or null for bars.</param>
/// <param name="bold">The font of bold letters, or null for bars.</param>
internal sealed class Letters(SKTypeface? plain, SKTypeface? bold)
{
    /// <summary>Width of a letter's cell, as a share of the font's size: that of DejaVu Sans Mono.</summary>
    public const float CellWidth = 0.602f;

    private const float BarHeight = 0.55f;

    private static readonly string[] Preferred =
        ["DejaVu Sans Mono", "Menlo", "Consolas", "Liberation Mono", "Noto Sans Mono", "Ubuntu Mono", "FreeMono", "Courier New"];

    private static readonly Lazy<Letters> OfMachine = new(() => Find(SKFontManager.Default));

    /// <summary>With the best font of this machine; the same one for as long as the process lives.</summary>
    public static Letters Installed => OfMachine.Value;

    /// <summary>Writes a line.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="text">The line.</param>
    /// <param name="left">Left end, in pixels.</param>
    /// <param name="baseLine">Its base line.</param>
    /// <param name="size">The font's size, in pixels.</param>
    /// <param name="isBold">Whether its letters are bold.</param>
    /// <param name="paint">Their color.</param>
    public void Write(SKCanvas canvas, string text, float left, float baseLine, float size, bool isBold, SKPaint paint)
    {
        float cell = CellWidth * size;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ') continue;
            float x = left + (i * cell);
            if ((isBold ? bold : plain) is not { } typeface) canvas.DrawRect(x + (0.1f * cell), baseLine - (BarHeight * size), 0.8f * cell, BarHeight * size, paint);
            else WriteLetter(canvas, text[i], typeface, x, baseLine, size, paint);
        }
    }

    private static void WriteLetter(SKCanvas canvas, char letter, SKTypeface typeface, float x, float baseLine, float size, SKPaint paint)
    {
        float cell = CellWidth * size;
        SKTypeface? other = typeface.ContainsGlyph(letter) ? null : SKFontManager.Default.MatchCharacter(letter);
        using var font = new SKFont(other ?? typeface, size) { Edging = SKFontEdging.Antialias, Subpixel = true, Hinting = SKFontHinting.None };
        string text = letter.ToString();
        float width = font.MeasureText(text);
        if (width > 1.01f * cell)
        {
            font.ScaleX = cell / width;
            width = cell;
        }

        canvas.DrawText(text, x + ((cell - width) / 2), baseLine, font, paint);
    }

    private static Letters Find(SKFontManager fonts)
    {
        string[] families = [.. fonts.FontFamilies.Order(StringComparer.Ordinal)];
        string? family = Preferred.FirstOrDefault(families.Contains) ?? families.FirstOrDefault(name => IsMonospace(fonts, name)) ?? families.FirstOrDefault();
        return family is null
            ? new Letters(null, null)
            : new Letters(fonts.MatchFamily(family, SKFontStyle.Normal), fonts.MatchFamily(family, SKFontStyle.Bold));
    }

    private static bool IsMonospace(SKFontManager fonts, string family)
    {
        using var typeface = fonts.MatchFamily(family);
        return typeface is { IsFixedPitch: true };
    }
}
