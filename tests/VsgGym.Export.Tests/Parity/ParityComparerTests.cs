using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export.Tests;

public sealed class ParityComparerTests
{
    [Theory]
    [InlineData(0.500005f, 0, 1, true)]
    [InlineData(0.50002f, 0, 1, false)] // a probability
    [InlineData(0.5f, 1, 1, true)] // the first two are tied
    [InlineData(0.5f, 2, 1, false)] // a greedy action of less probability
    [InlineData(0.5f, 7, 1, false)] // no action
    [InlineData(0.5f, 0, 0, false)] // u = 0.6 is inside the second action's part
    public void Choices_AreJudgedByProbability(float first, int greedy, int sampled, bool agrees)
    {
        float[] found = [first, 0.5f, 0f];
        Assert.Equal(agrees, Agrees(0.6f, found, greedy, sampled, MathF.Log(0.5f)));
    }

    [Theory]
    [InlineData(0.499995f, 1, true)]
    [InlineData(0.4999f, 1, false)]
    [InlineData(0.500005f, 0, true)]
    [InlineData(0.500005f, 2, false)]
    public void SampledChoices_MayDifferAtTheBorderOnly(float noise, int sampled, bool agrees) =>
        Assert.Equal(agrees, Agrees(noise, [0.5f, 0.5f, 0f], 0, sampled, MathF.Log(0.5f)));

    [Fact]
    public void LogProbability_IsJudgedRelativeToItsSize()
    {
        Assert.True(Agrees(0.6f, [0.5f, 0.5f, 0f], 0, 1, MathF.Log(0.5f) + 5e-6f));
        Assert.False(Agrees(0.6f, [0.5f, 0.5f, 0f], 0, 1, MathF.Log(0.5f) + 3e-5f));
        Assert.False(Agrees(0.6f, [0.5f, 0.5f, 0f], 0, 1, float.NaN));
    }

    private static bool Agrees(float noise, float[] probabilities, long greedy, long sampled, float log)
    {
        var head = new CategoricalHead(new DiscreteSpace(3));
        var output = new ActionOutput(head, 1, sampled: true);
        new[] { 0.5, 0.5, 0 }.CopyTo(output.Exact, 0);
        BlueprintForward.Choose(output, [noise]);
        try
        {
            new ParityComparer("file").Compare(
                [new ExpectedOutput(string.Empty, head, output, [noise])], 1,
                name => name == "probabilities" ? probabilities : [log], name => [name == "action" ? greedy : sampled]);
            return true;
        }
        catch (VsgGymException error) when (error.Kind == ErrorKind.Numerical)
        {
            return false;
        }
    }
}
