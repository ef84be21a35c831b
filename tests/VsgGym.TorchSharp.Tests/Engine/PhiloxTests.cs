using TorchSharp;
using TorchSharp.Engine;
using static TorchSharp.torch;

namespace VsgGym.TorchSharp.Tests.Engine;

public sealed class PhiloxTests
{
    // Known answers of the Random123 library (kat_vectors, philox4x32 10).
    [Fact]
    public void Rounds_GiveTheKnownAnswers()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Rounds(0, 0, 0, 0, 0, 0));
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu), Philox.Rounds(~0u, ~0u, ~0u, ~0u, ~0u, ~0u));
        Assert.Equal((0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u), Philox.Rounds(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
    }

    [Fact]
    public void Streams_RepeatBySeedAndState()
    {
        var generator = new Generator(42);
        float[] first = rand(5, generator: generator).data<float>().ToArray();
        Tensor state = generator.get_state();
        float[] second = randn(5, generator: generator).data<float>().ToArray();
        generator.set_state(state);
        Assert.Equal(second, randn(5, generator: generator).data<float>().ToArray());
        generator.manual_seed(42);
        Assert.Equal(first, rand(5, generator: generator).data<float>().ToArray());
        Assert.NotEqual(first, rand(5, generator: generator).data<float>().ToArray());
    }

    [Fact]
    public void Numbers_HaveTheirMoments()
    {
        var generator = new Generator(1);
        Tensor normal = randn(200_000, generator: generator);
        Assert.Equal(0, normal.mean().ToDouble(), 2);
        Assert.Equal(1, normal.std().ToDouble(), 2);
        Assert.Equal(3, normal.pow(4).mean().ToDouble(), 1);
        Tensor even = rand(200_000, generator: generator);
        Assert.Equal(1.0 / 12, even.var().ToDouble(), 3);
        Assert.InRange(even.max().ToSingle(), 0.999f, 0.99999994f);
        Tensor die = randint(1, 7, [60_000], generator: generator);
        for (int face = 1; face <= 6; face++) Assert.InRange((die == face).sum().ToInt64(), 9_600, 10_400);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), randperm(100, generator: generator).data<long>().Order());
    }
}
