using System.Numerics;
using System.Runtime.InteropServices;
using VsgGym.Networks;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>Adam (Kingma and Ba 2015) over one network, in place and in one pass over its numbers; beta 0.9 and 0.999, epsilon 1e-8 as in PyTorch.</summary>
internal sealed class AdamOptimizer
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly Mlp _network;
    private readonly float[][] _first; // running mean of each parameter's gradient
    private readonly float[][] _second; // running mean of its square
    private long _steps;

    /// <summary>Zero moments.</summary>
    public AdamOptimizer(Mlp network)
    {
        _network = network;
        _first = [.. network.Layers.Select(parameter => new float[parameter.numel()])];
        _second = [.. network.Layers.Select(parameter => new float[parameter.numel()])];
    }

    /// <summary>Moves the parameters against their gradients and clears those.</summary>
    /// <param name="rate">The learning rate.</param>
    /// <param name="clip">The most the norm of all gradients together may be; 0 for no limit.</param>
    /// <returns>Whether every parameter is finite.</returns>
    public bool Step(double rate, double clip)
    {
        _steps++;
        var gradients = new Tensor?[_first.Length];
        for (int i = 0; i < gradients.Length; i++) gradients[i] = _network.Layers[i].grad;
        float scale = clip > 0 ? Scale(gradients, clip) : 1f;
        float stepSize = (float)(rate / (1 - Math.Pow(Beta1, _steps)));
        float correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, _steps)));
        bool isFinite = true;
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is not { } gradient) continue;
            var numbers = MemoryMarshal.Cast<byte, float>(gradient.bytes);
            isFinite &= Move(_network.Numbers(i), numbers, _first[i], _second[i], scale, stepSize, correction);
            numbers.Clear();
        }

        return isFinite;
    }

    /// <summary>Forgets the gradients without a step.</summary>
    public void Clear()
    {
        foreach (var parameter in _network.Layers)
            if (parameter.grad is { } gradient) gradient.bytes.Clear();
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_steps);
        for (int i = 0; i < _first.Length; i++)
        {
            writer.Write(MemoryMarshal.AsBytes(_network.Numbers(i)));
            writer.Write(MemoryMarshal.AsBytes(_first[i].AsSpan()));
            writer.Write(MemoryMarshal.AsBytes(_second[i].AsSpan()));
        }
    }

    public void Load(BinaryReader reader)
    {
        _steps = reader.ReadInt64();
        for (int i = 0; i < _first.Length; i++)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_network.Numbers(i)));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_first[i].AsSpan()));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_second[i].AsSpan()));
        }
    }

    private static float Scale(Tensor?[] gradients, double clip)
    {
        double sum = 0;
        foreach (var gradient in gradients)
        {
            if (gradient is null) continue;
            foreach (float number in MemoryMarshal.Cast<byte, float>(gradient.bytes)) sum += (double)number * number;
        }

        double norm = Math.Sqrt(sum);
        return norm > clip ? (float)(clip / norm) : 1f;
    }

    private static bool Move(Span<float> numbers, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, float scale, float stepSize, float correction)
    {
        int i = 0;
        var faults = Vector<float>.Zero; // x - x is 0 for a finite x and NaN else
        for (; i <= numbers.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradients[i..]) * scale;
            var m = (new Vector<float>(first[i..]) * Beta1) + (g * (1 - Beta1));
            var v = (new Vector<float>(second[i..]) * Beta2) + (g * g * (1 - Beta2));
            var x = new Vector<float>(numbers[i..]) - (m * stepSize / ((Vector.SquareRoot(v) * correction) + new Vector<float>(Epsilon)));
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            x.CopyTo(numbers[i..]);
            faults += x - x;
        }

        float rest = 0;
        for (; i < numbers.Length; i++)
        {
            float g = gradients[i] * scale;
            first[i] = (first[i] * Beta1) + (g * (1 - Beta1));
            second[i] = (second[i] * Beta2) + (g * g * (1 - Beta2));
            numbers[i] -= first[i] * stepSize / ((MathF.Sqrt(second[i]) * correction) + Epsilon);
            rest += numbers[i] - numbers[i];
        }

        return Vector.Sum(faults) + rest == 0;
    }
}
