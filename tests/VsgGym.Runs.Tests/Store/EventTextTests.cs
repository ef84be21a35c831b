using System.Collections.Immutable;
using System.Text;
using VsgGym.Core;

namespace VsgGym.Runs.Tests.Store;

public sealed class EventTextTests
{
    private static readonly ExportedModel Model = new("hunter", "policy.hunter.onnx", 12, "ab", ImmutableSortedDictionary<string, string>.Empty.Add("run", "\"quoted\""));

    public static TheoryData<RunEvent> Events { get; } =
    [
        new MetricsEvent(1, 10, [0.1, double.NaN, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 1.0 / 3]),
        new EvaluationEvent(2, 10, new RunEvaluation(5, [new("a", 1.5, double.NaN, [0.25, -3])], [new("a", -1, 0.125, [])], 0.5, [0.1, double.NaN])),
        new EvaluationEvent(3, 10, new RunEvaluation(1, [], [], null, [])),
        new CheckpointEvent(4, 20, "00ff", 1L << 40),
        new ExportEvent(5, 20, [Model]),
        new EndEvent(6, 20, RunState.Failed, "diverged", [new Fault("q", "NaN", "must be finite\nalways", "diverged")]),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Line_ReadsBackToTheSameBits(RunEvent happened)
    {
        byte[] line = EventText.Write(happened);
        Assert.Equal(1, line.AsSpan().Count((byte)'\n'));
        Assert.StartsWith($"{{\"sequence\":{happened.Sequence},", Encoding.UTF8.GetString(line), StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(line), Encoding.UTF8.GetString(EventText.Write(EventText.Read(line))));
        Assert.Equal(happened.GetType(), EventText.Read(line).GetType());
        if (happened is MetricsEvent metrics)
            Assert.Equal(metrics.Values.Select(BitConverter.DoubleToInt64Bits), ((MetricsEvent)EventText.Read(line)).Values.Select(BitConverter.DoubleToInt64Bits));
    }
}
