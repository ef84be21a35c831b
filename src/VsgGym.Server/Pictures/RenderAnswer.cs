using Google.Protobuf;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Pictures;

/// <summary>Writes a drawing in the form asked for.</summary>
internal static class RenderAnswer
{
    /// <summary>The answer to Render.</summary>
    /// <param name="drawing">The drawing.</param>
    /// <param name="format">The form.</param>
    /// <param name="mostBytes">The largest message.</param>
    /// <exception cref="VsgGymException">The form has an unknown number, or the picture is too large.</exception>
    public static Proto.RenderResponse Write(Drawing drawing, Proto.RenderFormat format, long mostBytes)
    {
        var response = format switch
        {
            Proto.RenderFormat.Unspecified or Proto.RenderFormat.Text => new Proto.RenderResponse { Picture = drawing.ToText() },
            Proto.RenderFormat.Svg => new Proto.RenderResponse { Picture = drawing.ToSvg() },
            Proto.RenderFormat.Rgb => Pixels(drawing, mostBytes),
            _ => throw VsgGymException.Invalid("format", (int)format, "must be 1 (text), 2 (svg) or 3 (rgb)", "unknown_value"),
        };
        if (response.CalculateSize() > mostBytes)
            throw VsgGymException.OverLimit("max_message_bytes", mostBytes, $"the picture has {response.CalculateSize()} bytes: raise the client's or the server's largest message", "message_too_large");
        return response;
    }

    private static Proto.RenderResponse Pixels(Drawing drawing, long mostBytes)
    {
        var picture = SvgPainter.Paint(drawing.ToSvg(), mostBytes, Letters.Installed);
        return new Proto.RenderResponse { Pixels = UnsafeByteOperations.UnsafeWrap(picture.Pixels), Width = picture.Width, Height = picture.Height };
    }
}
