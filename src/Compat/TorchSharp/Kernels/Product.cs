using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Kernels;

/// <summary>One matrix product by tiles: C [m, n] = start + op(A) [m, k] op(B) [k, n], start being 0, a bias or C itself.</summary>
/// <remarks>
/// The depth is cut into blocks of 256: a panel of such a block of B is at most 24 KB, is packed once and stays in the first-level cache
/// while the rows of A pass by. A is read where it lies, except that the last tile, where rows are missing, and a large transposed A, where
/// each product would touch another cache line, are packed too. Later blocks start from C, which continues the same chain.
/// </remarks>
internal unsafe struct Product<T> where T : unmanaged, INumberBase<T>
{
    internal bool TransposeA, TransposeB, Accumulate, Relu;
    internal int M, N, K;
    internal T* A, B, Bias, C; // Bias: [N], or null

    private const int BlockDepth = 256;
    private const int BlockRows = 256;
    private const int MaximumHeight = 8;

    /// <summary>With so few rows a copy of B costs more than its unaligned rows.</summary>
    private const int UnpackedRows = 8;

    /// <summary>Rows of a transposed A from which on its packing pays: below, the cache lines that one tile touches serve the next ones.</summary>
    private const int PackedRows = 256;

    private static readonly Action<Product<T>, int, int> s_rows = static (product, from, to) =>
    {
        PanelCut cut = new(product.N, Lanes);
        product.Run(cut, from * cut.Height, Math.Min(to * cut.Height, product.M), 0, cut.Count);
    };

    private static readonly Action<Product<T>, int, int> s_panels = static (product, from, to) =>
        product.Run(new(product.N, Lanes), 0, product.M, from, to);

    private static int Lanes => Vector256<T>.Count;

    /// <summary>Computes C, dealt to the workers by rows or, where those are few, by panels; neither changes a bit of it.</summary>
    internal static void Run(in Product<T> product)
    {
        PanelCut cut = new(product.N, Lanes);
        int tiles = ((product.M - 1) / cut.Height) + 1;
        long work = 2L * product.M * product.N * product.K;
        if (tiles >= Math.Max(cut.Count, 4 * Workers.Count))
            Workers.For(tiles, work / tiles, product, s_rows);
        else
            Workers.For(cut.Count, work / cut.Count, product, s_panels);
    }

    private readonly void Run(PanelCut cut, int rowFrom, int rowTo, int panelFrom, int panelTo)
    {
        int width = 3 * Lanes, blockRows = Math.Min(BlockRows, rowTo - rowFrom + MaximumHeight), blockDepth = Math.Min(BlockDepth, K);
        T* panel = (T*)Scratch.Rent((nuint)(((blockDepth * (width + blockRows)) + ((MaximumHeight + 1) * width)) * sizeof(T)));
        T* packedA = panel + (blockDepth * width), tile = packedA + (blockDepth * blockRows), start = tile + (MaximumHeight * width);
        for (int p = 0; p == 0 || p < K; p += BlockDepth)
        {
            int step = TransposeA ? BlockRows : rowTo - rowFrom;
            for (int row = rowFrom; row < rowTo; row += step)
            {
                Block block = new()
                {
                    P = p,
                    Depth = Math.Min(BlockDepth, K - p),
                    RowFrom = row,
                    RowTo = Math.Min(row + step, rowTo),
                    Panel = panel,
                    PackedA = packedA,
                    Tile = tile,
                    Start = start,
                };
                PackA(ref block, cut.Height);
                for (int index = panelFrom; index < panelTo; index++) RunPanel(block, cut, index);
            }
        }
    }

    private readonly void PackA(ref Block block, int height)
    {
        int rows = block.RowTo - block.RowFrom;
        block.PackedFrom = TransposeA && M >= PackedRows ? block.RowFrom : block.RowTo - (rows % height);
        T* target = block.PackedA;
        for (int row = block.PackedFrom; row < block.RowTo; row += height, target += height * block.Depth)
        {
            int valid = Math.Min(height, block.RowTo - row);
            if (TransposeA)
                Packing.Rows(A + ((nint)block.P * M) + row, M, block.Depth, valid, height, target);
            else
                Packing.Transposed(A + ((nint)row * K) + block.P, K, block.Depth, valid, height, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void RunPanel(in Block block, PanelCut cut, int index)
    {
        int vectors = cut.Vectors(index), column = cut.Column(index), height = cut.Height, depth = block.Depth;
        int columns = Math.Min(vectors * Lanes, N - column);
        bool whole = columns == vectors * Lanes, fromC = Accumulate || block.P > 0;
        TileArguments arguments = new()
        {
            Depth = depth,
            RowOfA = TransposeA ? 1 : K,
            StepOfA = TransposeA ? M : 1,
            RowOfC = N,
            RowOfStart = fromC ? N : 0,
            Relu = Relu && block.P + depth >= K,
        };
        T* b = PanelOfB(block, column, columns, vectors * Lanes, out arguments.StepOfB);
        if (!fromC) FillStart(block.Start, column, columns, vectors * Lanes);
        for (int row = block.RowFrom; row < block.RowTo; row += height)
        {
            T* a = A + (TransposeA ? ((nint)block.P * M) + row : ((nint)row * K) + block.P), c = C + ((nint)row * N) + column;
            if (row >= block.PackedFrom)
            {
                a = block.PackedA + ((row - block.PackedFrom) * (nint)depth);
                arguments.RowOfA = 1;
                arguments.StepOfA = height;
            }

            int rows = Math.Min(height, block.RowTo - row);
            if (whole && rows == height)
                Compute(arguments, vectors, a, b, fromC ? c : block.Start, c);
            else
                ComputeBeside(arguments, vectors, rows, columns, a, b, fromC ? c : block.Start, block.Tile, c);
        }
    }

    private readonly T* PanelOfB(in Block block, int column, int columns, int width, out nint step)
    {
        T* source = B + (TransposeB ? ((nint)column * K) + block.P : ((nint)block.P * N) + column);
        step = width;
        if (TransposeB)
            Packing.Transposed(source, K, block.Depth, columns, width, block.Panel);
        else if (columns < width || block.RowTo - block.RowFrom > UnpackedRows)
            Packing.Rows(source, N, block.Depth, columns, width, block.Panel);
        else
        {
            step = N;
            return source;
        }

        return block.Panel;
    }

    private readonly void FillStart(T* start, int column, int columns, int width)
    {
        new Span<T>(start, width).Clear();
        if (Bias != null) new ReadOnlySpan<T>(Bias + column, columns).CopyTo(new Span<T>(start, width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compute(in TileArguments arguments, int vectors, T* a, T* b, T* start, T* c)
    {
        if (!Fma.IsSupported)
            PortableTile.Run(arguments, vectors == 1 ? 8 : 4, vectors * Lanes, a, b, start, c);
        else if (vectors == 3)
            Tile.Rows4Vectors3(arguments, a, b, start, c);
        else if (vectors == 2)
            Tile.Rows4Vectors2(arguments, a, b, start, c);
        else
            Tile.Rows8Vectors1(arguments, a, b, start, c);
    }

    /// <summary>A tile over the border of C: computed in the scratch, then its valid part is copied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeBeside(
        TileArguments arguments, int vectors, int rows, int columns, T* a, T* b, T* start, T* tile, T* c)
    {
        int width = vectors * Lanes;
        nint rowOfC = arguments.RowOfC;
        if (arguments.RowOfStart != 0)
        {
            for (int i = 0; i < rows; i++) Packing.Copy(start + (i * rowOfC), columns, tile + (i * width));
            start = tile;
            arguments.RowOfStart = width;
        }

        arguments.RowOfC = width;
        Compute(arguments, vectors, a, b, start, tile);
        for (int i = 0; i < rows; i++) Packing.Copy(tile + (i * width), columns, c + (i * rowOfC));
    }

    /// <summary>One block of the depth for one block of rows, with the thread's scratch.</summary>
    private struct Block
    {
        internal int P, Depth, RowFrom, RowTo;
        internal int PackedFrom; // the first row that is taken from PackedA
        internal T* Panel, PackedA, Tile, Start;
    }
}
