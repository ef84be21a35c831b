using System.Collections.Immutable;
using VsgGym.Runs;
using VsgGym.Server.Sessions;

namespace VsgGym.Server.Tests.Sessions;

public sealed class RunWriterTests
{
    [Theory]
    [InlineData("policy", "run-1.hunter")]
    [InlineData("conditional_policy", "")]
    [InlineData("opponent_model", "")]
    [InlineData(null, "run-1.hunter")]
    public void Model_HasAnIdWhereItPlaysASeat(string? kind, string id)
    {
        var metadata = ImmutableSortedDictionary<string, string>.Empty;
        if (kind is not null) metadata = metadata.Add("kind", kind);
        var wire = RunWriter.Write(new ExportedModel("hunter", "file.onnx", 7, new string('a', 64), metadata), "run-1", null);
        Assert.Equal((id, "run-1", "hunter", "file.onnx", 7L), (wire.ModelId, wire.RunId, wire.Player, wire.File, wire.Bytes));
    }
}
