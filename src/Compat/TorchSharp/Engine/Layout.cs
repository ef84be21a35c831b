namespace TorchSharp.Engine;

/// <summary>Whether memory can be read under another shape.</summary>
internal static class Layout
{
    /// <summary>Strides under the new shape, or null where no strides read the same elements in the same order.</summary>
    internal static long[]? Restride(long[] shape, long[] strides, long[] to)
    {
        if (Shapes.IsContiguous(shape, strides)) return Shapes.Strides(to);
        var result = new long[to.Length];
        int view = to.Length - 1;
        long runStride = strides.Length == 0 ? 1 : strides[^1];
        long tensorCount = 1;
        long viewCount = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            tensorCount *= shape[d];
            // A run ends where the next dimension does not continue it in memory.
            if (d != 0 && (shape[d - 1] == 1 || strides[d - 1] == tensorCount * runStride)) continue;
            while (view >= 0 && (viewCount < tensorCount || to[view] == 1))
            {
                result[view] = viewCount * runStride;
                viewCount *= to[view];
                view--;
            }

            if (viewCount != tensorCount) return null;
            if (d > 0)
            {
                runStride = strides[d - 1];
                tensorCount = 1;
                viewCount = 1;
            }
        }

        return view == -1 ? result : null;
    }
}
