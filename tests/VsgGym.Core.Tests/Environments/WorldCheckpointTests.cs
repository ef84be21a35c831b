namespace VsgGym.Core.Tests;

/// <summary>Worlds that are saved and loaded go on as those that never stopped.</summary>
public sealed class WorldCheckpointTests
{
    public static TheoryData<string, AutoresetMode> Games => new()
    {
        { "table", AutoresetMode.NextStep },
        { "table", AutoresetMode.SameStep },
        { "countdown", AutoresetMode.NextStep },
        { "drift", AutoresetMode.NextStep },
    };

    [Theory]
    [MemberData(nameof(Games))]
    public void Load_OfSavedWorlds_GoesOnBitForBit(string game, AutoresetMode autoreset)
    {
        var options = new VectorOptions { Copies = 3, Autoreset = autoreset };
        var first = Play.Start(Make(game), options, 7);
        for (int round = 0; round < 4; round++) first.Step(Play.ScriptedActions(first, round));
        using var saved = new MemoryStream();
        first.Save(saved);
        var second = new VectorEnvironment(Make(game), options, 99);
        saved.Position = 0;
        second.Load(saved);
        Assert.Equal(saved.Length, saved.Position);
        for (int round = 4; round < 16; round++)
        {
            Assert.Equal(first.Worlds.Wire.ToArray(), second.Worlds.Wire.ToArray());
            first.Step(Play.ScriptedActions(first, round));
            second.Step(Play.ScriptedActions(second, round));
        }

        Assert.Equal(first.Worlds.Wire.ToArray(), second.Worlds.Wire.ToArray());
    }

    [Fact]
    public void Load_OfFreshWorlds_StillAsksForAReset()
    {
        using var saved = new MemoryStream();
        new VectorEnvironment(Make("table"), new VectorOptions(), 1).Save(saved);
        saved.Position = 0;
        var batch = Play.Start(Make("table"), new VectorOptions(), 1);
        batch.Load(saved);
        Assert.Equal("step_before_reset", Assert.Throws<VsgGymException>(() => batch.Step(Play.Discrete(0, 0))).Faults[0].Reason);
    }

    [Fact]
    public void Load_OfOtherOrCutBytes_IsRefusedAndChangesNothing()
    {
        var batch = Play.Start(Make("table"), new VectorOptions { Copies = 2 }, 3);
        byte[] before = batch.Worlds.Wire.ToArray();
        using var saved = new MemoryStream();
        Play.Start(Make("table"), new VectorOptions { Copies = 3 }, 3).Save(saved);
        Refused(saved.ToArray(), "another game, or of another batch");
        using var own = new MemoryStream();
        Play.Start(Make("table"), new VectorOptions { Copies = 2 }, 4).Save(own);
        byte[] bytes = own.ToArray();
        Refused(bytes[..^1], "cut off");
        Refused([1, 2, 3, 4, 5], "no worlds");
        bytes[4]++;
        Refused(bytes, "version 2");

        void Refused(byte[] wrong, string text)
        {
            Assert.Contains(text, Assert.Throws<InvalidDataException>(() => batch.Load(new MemoryStream(wrong))).Message, StringComparison.Ordinal);
            Assert.Equal(before, batch.Worlds.Wire.ToArray());
        }
    }

    private static Environment Make(string game) => new Dictionary<string, Func<Environment>>
    {
        ["table"] = () => new TabularEnvironment(Play.Table()),
        ["countdown"] = () => new CountdownEnvironment([2, 3], masks: true),
        ["drift"] = () => new DriftEnvironment(),
    }[game]();
}
