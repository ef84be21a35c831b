using System.Runtime.InteropServices;
using VsgGym.Core;
using VsgGym.Server.Models;

namespace VsgGym.Server.Tests.Models;

/// <summary>An engine whose files are tables of probabilities: a magic word, S, A, then float64 [S, A].</summary>
/// <remarks>It knows neither ONNX nor a GPU, so tests of what lies around models need neither; it counts what is opened and closed.</remarks>
internal sealed class TableEngine : IModelEngine
{
    public const int Magic = 0x7AB1E;

    private int _open;

    /// <summary>Models opened and not yet closed.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>A file.</summary>
    public static byte[] File(int states, int actions, params double[] probabilities) =>
        [.. MemoryMarshal.AsBytes<int>([Magic, states, actions, 0]), .. MemoryMarshal.AsBytes(probabilities.AsSpan())];

    /// <summary>A file that always plays one action.</summary>
    public static byte[] Always(int action, int states, int actions) =>
        File(states, actions, [.. Enumerable.Range(0, states * actions).Select(i => i % actions == action ? 1.0 : 0.0)]);

    public ModelFacts Inspect(ReadOnlyMemory<byte> bytes)
    {
        var table = Read(bytes);
        return new ModelFacts("player_0", "climbing-v0", "{}", new DiscreteSpace(table.States), new DiscreteSpace(table.Actions), new Dictionary<string, string> { ["made_by"] = "tests" });
    }

    IPolicy IModelEngine.Open(ReadOnlyMemory<byte> bytes, bool greedy, string provider)
    {
        if (provider != SeatReading.Cpu) throw VsgGymException.Invalid("provider", provider, "this machine has none", "no_provider");
        var table = Read(bytes);
        Interlocked.Increment(ref _open);
        return new Opened(greedy ? Greedy(table) : table, () => Interlocked.Decrement(ref _open));
    }

    private static TabularPolicy Read(ReadOnlyMemory<byte> bytes)
    {
        var header = MemoryMarshal.Cast<byte, int>(bytes.Span)[..Math.Min(4, bytes.Length / 4)];
        if (header.Length < 4 || header[0] != Magic) throw VsgGymException.Invalid("model", $"{bytes.Length} bytes", "is no table", "malformed_model");
        return new TabularPolicy(MemoryMarshal.Cast<byte, double>(bytes.Span[16..]).ToArray(), 1, header[1], header[2]);
    }

    private static TabularPolicy Greedy(TabularPolicy table)
    {
        var best = new double[table.Probabilities.Length];
        for (int s = 0; s < table.States; s++) best[(s * table.Actions) + table.Row(0, s).IndexOf(table.Row(0, s).ToArray().Max())] = 1;
        return new TabularPolicy(best, 1, table.States, table.Actions);
    }

    private sealed class Opened(TabularPolicy table, Action closed) : IPolicy, IDisposable
    {
        private Action? _closed = closed;

        public void CheckFits(EnvironmentSpec spec, int player) => table.CheckFits(spec, player);

        public void Act(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
        {
            ObjectDisposedException.ThrowIf(_closed is null, this);
            table.Act(worlds, player, copies);
        }

        public void Dispose() => Interlocked.Exchange(ref _closed, null)?.Invoke();
    }
}
