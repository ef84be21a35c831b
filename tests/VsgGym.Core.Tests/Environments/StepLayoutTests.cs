namespace VsgGym.Core.Tests;

public sealed class StepLayoutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void WireFields_OfAnyBatch_AreAlignedAndWithoutGaps(int copies)
    {
        var batch = Play.Start(new CountdownEnvironment([2, 3], masks: true), new VectorOptions { Copies = copies, Autoreset = AutoresetMode.SameStep });
        int offset = 0;
        foreach (var field in batch.Worlds.WireFields)
        {
            Assert.Equal((offset, 0), (field.Offset, field.Offset % field.ElementType.Size()));
            Assert.Equal(field.Shape.Aggregate(field.ElementType.Size(), (bytes, extent) => bytes * extent), field.Bytes);
            Assert.Equal(copies, field.Shape[0]);
            offset += field.Bytes;
        }

        Assert.Equal(offset, batch.Worlds.Wire.Length);
    }

    [Fact]
    public void WireFields_OfSomeSeats_HoldThoseSeatsInTheirOrder()
    {
        var batch = Play.Start(new CountdownEnvironment([2, 3, 4]), new VectorOptions { OwnSeats = [2, 0] });
        Assert.Equal([2, 0], batch.Worlds.WireFields.Where(field => field.Kind == FieldKind.Reward).Select(field => field.Player));
        Assert.DoesNotContain(batch.Worlds.WireFields, field => field.Player == 1);
        batch.Step(Play.Discrete(1, 2));
        Assert.Equal((12.0, 11.0), (batch.Worlds.Rewards(0)[0], batch.Worlds.Rewards(2)[0]));
    }

    [Fact]
    public void WireFields_OfABox_AreMatrices()
    {
        var batch = Play.Start(new DriftEnvironment(), new VectorOptions { Copies = 4 });
        var field = batch.Worlds.WireFields.First(f => f.Kind == FieldKind.Observation);
        Assert.Equal([4, 2], field.Shape.ToArray());
        Assert.DoesNotContain(batch.Worlds.WireFields, f => f.Kind is FieldKind.LegalActions or FieldKind.FinalObservation);
    }
}
