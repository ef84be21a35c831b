using Microsoft.ML.OnnxRuntime;

namespace VsgGym.Export;

/// <summary>Named tensors for one run of a session, and the run itself.</summary>
internal sealed class OnnxInputs(int rows) : IDisposable
{
    private readonly List<(string Name, Array Data, int? Width)> _tensors = [];
    private readonly List<OrtValue> _values = [];

    /// <summary>Number of rows.</summary>
    public int Rows => rows;

    /// <summary>What was added.</summary>
    public IReadOnlyList<(string Name, Array Data, int? Width)> Tensors => _tensors;

    /// <summary>Adds a tensor [rows] or [rows, width].</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="data">In row-major order; not copied.</param>
    /// <param name="width">Length of the second dimension, or null.</param>
    public void Add<T>(string name, T[] data, int? width)
        where T : unmanaged
    {
        _tensors.Add((name, data, width));
        _values.Add(OrtValue.CreateTensorValueFromMemory(data, width is { } extent ? [rows, extent] : [rows]));
    }

    /// <summary>Runs a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="outputs">The outputs' names.</param>
    public IDisposableReadOnlyCollection<OrtValue> Run(InferenceSession session, IReadOnlyCollection<string> outputs)
    {
        using var options = new RunOptions();
        return session.Run(options, [.. _tensors.Select(t => t.Name)], _values, outputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _values) value.Dispose();
    }

    /// <summary>Discrete numbers as int64.</summary>
    public static long[] Widen(ReadOnlySpan<int> numbers)
    {
        long[] wide = new long[numbers.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = numbers[i];
        return wide;
    }
}
