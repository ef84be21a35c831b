using VsgGym.Core;

namespace VsgGym.Networks.Tests;

public sealed class BlueprintForwardTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Boxes => [.. SampleBlueprints.Names.Where(n => SampleBlueprints.Named(n).Action is GaussianHead)];

    public static TheoryData<string> Choices => [.. SampleBlueprints.Names.Where(n => SampleBlueprints.Named(n).Action is CategoricalHead)];

    public static TheoryData<string> All => [.. SampleBlueprints.Names];

    [Theory]
    [MemberData(nameof(Choices))]
    public void Play_OfDiscreteActions_SumsOverTheOpponentsActions(string name)
    {
        var blueprint = SampleBlueprints.Named(name);
        var inputs = new SampleInputs(blueprint, 40);
        var output = new BlueprintForward(blueprint).Play(inputs.Observations, inputs.PlayNoise, inputs.Legal);
        int count = blueprint.Action.Parameters;
        for (int row = 0; row < inputs.Rows; row++)
        {
            double[] expected = SlowForward.Marginal(blueprint, inputs, row);
            for (int a = 0; a < count; a++) Assert.Equal(expected[a], output.Probabilities[(row * count) + a], Tolerance);
            Assert.Equal(Array.IndexOf(expected, expected.Max()), output.Choices[row]);
            double sum = 0;
            int sampled = Enumerable.Range(0, count).First(a => (sum += expected[a]) > inputs.PlayNoise[row]);
            Assert.Equal(sampled, output.SampledChoices[row]);
            Assert.Equal(Math.Log(expected[sampled]), output.LogProbability[row], 10 * Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Boxes))]
    public void Play_OfBoxActions_AnswersTheInferredActions(string name)
    {
        var blueprint = SampleBlueprints.Named(name);
        var inputs = new SampleInputs(blueprint, 40);
        var output = new BlueprintForward(blueprint).Play(inputs.Observations, inputs.PlayNoise);
        var box = (BoxSpace)blueprint.Action.Space;
        int perRow = inputs.PlayNoise.Length / inputs.Rows;
        for (int row = 0; row < inputs.Rows; row++)
        {
            double[] noise = [.. inputs.PlayNoise.AsSpan(row * perRow, perRow).ToArray().Select(e => (double)e)];
            var (greedy, _) = Answer(blueprint, inputs, row, new double[perRow]);
            var (sampled, log) = Answer(blueprint, inputs, row, noise);
            for (int k = 0; k < box.Length; k++)
            {
                double center = (box.Low[k] + (double)box.High[k]) / 2, half = (box.High[k] - (double)box.Low[k]) / 2;
                Assert.Equal(center + (half * greedy[k]), output.Numbers[(row * box.Length) + k], Tolerance * Math.Max(1, half));
                Assert.Equal(center + (half * sampled[k]), output.SampledNumbers[(row * box.Length) + k], Tolerance * Math.Max(1, half));
            }

            Assert.Equal(log, output.LogProbability[row], Tolerance * Math.Max(1, Math.Abs(log)) * 10);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void PlayGiven_KnowsTheOpponentsActions(string name)
    {
        var blueprint = SampleBlueprints.Named(name);
        var inputs = new SampleInputs(blueprint, 20);
        var output = new BlueprintForward(blueprint).PlayGiven(inputs.Observations, inputs.Opponents, inputs.GivenNoise, inputs.Legal);
        int count = blueprint.Action.Parameters;
        for (int row = 0; row < inputs.Rows; row++)
        {
            double[] parameters = SlowForward.Run(blueprint.Policy, [SlowForward.Encode(blueprint, inputs, row), .. inputs.Opponents.Select((c, j) => Encoded(blueprint.OpponentActions[j], c, row))]);
            if (blueprint.Action is CategoricalHead)
            {
                double[] expected = SlowForward.Softmax(parameters, inputs.Legal.Length == 0 ? null : a => inputs.Legal[(row * count) + a]);
                for (int a = 0; a < count; a++) Assert.Equal(expected[a], output.Probabilities[(row * count) + a], Tolerance);
                continue;
            }

            for (int k = 0; k < count / 2; k++)
            {
                Assert.Equal(parameters[k], output.Mean[(row * count / 2) + k], Tolerance);
                Assert.Equal(Math.Exp(Math.Clamp(parameters[(count / 2) + k], -20, 2)) + 0.01, output.Sigma[(row * count / 2) + k], 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Rows_DoNotDependOnTheBatch(string name)
    {
        var blueprint = SampleBlueprints.Named(name);
        var inputs = new SampleInputs(blueprint, 1100);
        var forward = new BlueprintForward(blueprint);
        var all = forward.Play(inputs.Observations, inputs.PlayNoise, inputs.Legal);
        foreach (int row in (int[])[0, 3, 511, 1024, 1099])
        {
            int legal = inputs.Legal.Length / inputs.Rows;
            var one = forward.Play(
                inputs.Observations.Slice(row, 1), inputs.PlayNoise.AsSpan(row * forward.PlayNoise, forward.PlayNoise), inputs.Legal.AsSpan(row * legal, legal));
            AssertRow(one.Probabilities, all.Probabilities, row);
            AssertRow(one.Numbers, all.Numbers, row);
            AssertRow(one.SampledNumbers, all.SampledNumbers, row);
            AssertRow(one.LogProbability, all.LogProbability, row);
        }
    }

    [Fact]
    public void Play_WithIllegalActions_NeverPlaysThem()
    {
        var blueprint = SampleBlueprints.Named("masked");
        var inputs = new SampleInputs(blueprint, 2000);
        var output = new BlueprintForward(blueprint).Play(inputs.Observations, inputs.PlayNoise, inputs.Legal);
        for (int i = 0; i < inputs.Legal.Length; i++) Assert.True(inputs.Legal[i] || output.Probabilities[i] == 0);
        for (int row = 0; row < inputs.Rows; row++) Assert.True(inputs.Legal[(row * 5) + output.Choices[row]] && inputs.Legal[(row * 5) + output.SampledChoices[row]]);
    }

    [Fact]
    public void Play_WithNoLegalAction_GivesEqualProbabilities()
    {
        var forward = new BlueprintForward(SampleBlueprints.Named("masked"));
        Assert.All(forward.Play(ObservationBatch.Discrete([3]), [0.5f], new bool[5]).Probabilities, p => Assert.Equal(0.2f, p, 1e-6f));
    }

    [Fact]
    public void Density_IntegratesToOneOverTheBox()
    {
        var blueprint = SampleBlueprints.Build(SampleBlueprints.View, SampleBlueprints.Line, [], scale: 0.3f);
        var forward = new BlueprintForward(blueprint);
        float[] observation = [0.5f, -100f, 3f, 0f], noise = [.. Enumerable.Range(-700, 1401).Select(i => i * 0.01f)];
        float[] observations = [.. noise.SelectMany(_ => observation)];
        var output = forward.Play(ObservationBatch.Box(observations, 4), noise);
        double integral = 0;
        for (int i = 1; i < noise.Length; i++) // trapezoids between neighboring actions, which rise with the noise
            integral += 0.5 * (Math.Exp(output.LogProbability[i]) + Math.Exp(output.LogProbability[i - 1])) * (output.SampledNumbers[i] - output.SampledNumbers[i - 1]);
        Assert.Equal(1, integral, 1e-3);
    }

    [Fact]
    public void Play_OfHugeParameters_StaysInsideTheBoxAndFinite()
    {
        var blueprint = SampleBlueprints.Build(SampleBlueprints.View, SampleBlueprints.Solid, [SampleBlueprints.Line], scale: 300f);
        var inputs = new SampleInputs(blueprint, 500);
        var output = new BlueprintForward(blueprint).Play(inputs.Observations, inputs.PlayNoise);
        for (int i = 0; i < output.SampledNumbers.Length; i++)
            Assert.InRange(output.SampledNumbers[i], SampleBlueprints.Solid.Low[i % 3], SampleBlueprints.Solid.High[i % 3]);
        Assert.All(output.LogProbability, log => Assert.True(float.IsFinite(log)));
    }

    [Fact]
    public void Opponents_AreSampledFromTheirHeads()
    {
        var blueprint = SampleBlueprints.Named("trio");
        var inputs = new SampleInputs(blueprint, 50);
        var outputs = new BlueprintForward(blueprint).Opponents(inputs.Observations, inputs.OpponentNoise);
        Assert.Equal(2, outputs.Count);
        for (int row = 0; row < inputs.Rows; row++)
        {
            double[][] parameters = SlowForward.OpponentParameters(blueprint, SlowForward.Encode(blueprint, inputs, row));
            for (int j = 0; j < 2; j++)
            {
                double sum = 0;
                double[] expected = SlowForward.Softmax(parameters[j]);
                Assert.Equal(Enumerable.Range(0, expected.Length).First(a => (sum += expected[a]) > inputs.OpponentNoise[(row * 2) + j]), outputs[j].SampledChoices[row]);
                Assert.Equal(Math.Log(expected[outputs[j].SampledChoices[row]]), outputs[j].LogProbability[row], 1e-4);
            }
        }
    }

    [Fact]
    public void Parts_ThatDoNotFit_AreRefusedTogether()
    {
        var blueprint = SampleBlueprints.Named("table");
        var wrong = blueprint with { Policy = SampleBlueprints.Named("trio").Policy, OpponentModel = null };
        var error = Assert.Throws<ArgumentException>(() => new BlueprintForward(wrong));
        Assert.Contains("Policy takes", error.Message, StringComparison.Ordinal);
        Assert.Contains("no OpponentModel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_ThatDoNotFit_AreRefused()
    {
        var forward = new BlueprintForward(SampleBlueprints.Named("table"));
        Assert.Throws<ArgumentOutOfRangeException>(() => forward.Play(ObservationBatch.Discrete([11])));
        Assert.Throws<ArgumentException>(() => forward.Play(ObservationBatch.Discrete([0]), [0.5f, 0.5f]));
        Assert.Throws<ArgumentException>(() => forward.Play(ObservationBatch.Box([0f], 1)));
        Assert.Throws<ArgumentException>(() => forward.PlayGiven(ObservationBatch.Discrete([0]), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => forward.PlayGiven(ObservationBatch.Discrete([0]), [ActionColumn.Discrete(new[] { 3 })]));
    }

    private static (double[] X, double LogDensity) Answer(PlayerBlueprint blueprint, SampleInputs inputs, int row, double[] noise)
    {
        double[] observation = SlowForward.Encode(blueprint, inputs, row);
        var parts = new List<double[]> { observation };
        int start = 0;
        double[][] parameters = SlowForward.OpponentParameters(blueprint, observation);
        for (int j = 0; j < parameters.Length; j++)
            parts.Add(SlowForward.Squash((BoxSpace)blueprint.OpponentActions[j].Space, parameters[j], noise[start..(start += blueprint.OpponentActions[j].Noise)]).X);
        return SlowForward.Squash((BoxSpace)blueprint.Action.Space, SlowForward.Run(blueprint.Policy, [.. parts]), noise[start..]);
    }

    private static double[] Encoded(ActionHead head, ActionColumn column, int row)
    {
        if (head.Space is not BoxSpace box) return [.. Enumerable.Range(0, head.Encoded).Select(a => column.Choices.Span[row] == a ? 1.0 : 0.0)];
        return [.. Enumerable.Range(0, box.Length).Select(k =>
            ((column.Numbers.Span[(row * box.Length) + k] - (double)box.Low[k]) / ((double)box.High[k] - box.Low[k]) * 2) - 1)];
    }

    private static void AssertRow(float[] one, float[] all, int row) => Assert.Equal(one, all.AsSpan(row * one.Length, one.Length).ToArray());
}
