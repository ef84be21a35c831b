namespace VsgGym.Compat.Tests;

/// <summary>Each kind of call with Python's grpcio against the official server.</summary>
public sealed class PythonClientTests(PythonRun run) : IClassFixture<PythonRun>
{
    [Theory]
    [InlineData("unary")]
    [InlineData("server_stream")]
    [InlineData("client_stream")]
    [InlineData("both_streams")]
    [InlineData("deadline")]
    [InlineData("cancel_unary")]
    [InlineData("cancel_stream")]
    [InlineData("metadata")]
    [InlineData("rich_status")]
    [InlineData("gzip")]
    [InlineData("sixteen_megabytes")]
    [InlineData("request_over_limit")]
    [InlineData("response_over_limit")]
    [InlineData("client_interceptor")]
    [InlineData("server_interceptor")]
    [InlineData("unix_socket")]
    public void PythonCheck_Passes(string name) => Assert.True(
        run.Passed.Contains(name), $"'{name}' is not among the checks that passed; the script wrote:\n{run.Output}");

    [Fact]
    public void PythonScript_EndsWell() => Assert.True(run.ExitCode == 0, run.Output);
}
