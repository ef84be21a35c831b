using Spectre.Console;
using VsgGym.Server.Verbs;
using VsgGym.Server.Verbs.Demo;

namespace VsgGym.Client.Tests.Demo;

public sealed class DemoVerbTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_WithoutATerminal_PrintsPlainTextAndSucceeds(bool unicode)
    {
        var written = new StringWriter();
        int code = await DemoVerb.RunAsync(new DemoConsole(Plain(written), unicode), CancellationToken.None);
        string text = written.ToString();
        Assert.True(code == 0, text);
        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\r', text);
        foreach (string expected in (string[])["pursuit-v0", "rommeo_q", "ablation", "NashConv", "episodes", "20 of 20", "H hunter", "policy.player_1.onnx", "sampled policies"])
            Assert.Contains(expected, text, StringComparison.Ordinal);
        if (!unicode) Assert.All(text, c => Assert.True(c is '\n' or (>= ' ' and <= '~'), $"not ASCII: {c}"));
    }

    [Fact]
    public async Task Run_Interrupted_EndsCleanly()
    {
        using var stop = new CancellationTokenSource();
        var written = new InterruptingWriter("2. Solve", stop);
        int code = await DemoVerb.RunAsync(new DemoConsole(Plain(written), unicode: true), stop.Token);
        Assert.Equal(1, code);
        Assert.EndsWith("Stopped.\n", written.ToString(), StringComparison.Ordinal);
    }

    private sealed class InterruptingWriter(string at, CancellationTokenSource stop) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            if (value?.Contains(at, StringComparison.Ordinal) == true) stop.Cancel();
        }
    }

    private static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });
}
