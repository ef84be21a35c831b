using VsgGym.Games;
using VsgGym.Numerics;
using static TorchSharp.torch;

namespace VsgGym.Learning.Tests;

public sealed class PlayerThreadsTests
{
    [Fact]
    public void Players_LearnTheSame_OnOneThreadAndOnTwo() => Assert.Equal(Trained(1), Trained(2));

    [Fact]
    public void FailuresOfSeveralPlayers_ThrowThatOfTheFirst()
    {
        var error = Assert.Throws<InvalidOperationException>(() => PlayerThreads.ForEach([0, 1, 2], player => throw new InvalidOperationException($"player {player}")));
        Assert.Equal("player 0", error.Message);
    }

    private static byte[] Trained(int threads)
    {
        set_num_threads(threads);
        using var learner = new Mai(
            new Differential(new()).CreateEnvironment(), new Mai.Options { Protocol = Protocol.Published, Batch = 64, Steps = 100 }, RandomStream.Create(3));
        for (int t = 0; t < 30; t++) learner.Step(CancellationToken.None);
        using var stream = new MemoryStream();
        learner.Save(stream);
        return stream.ToArray();
    }
}
