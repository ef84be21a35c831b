using Google.Protobuf.Reflection;
using VsgGym.Protocol.V1;

namespace VsgGym.Architecture.Tests;

/// <summary>Version 1 of the protocol grows by addition only: every line of the golden file must still be true.</summary>
public sealed class ProtocolGoldenTests
{
    private const string Golden = "tests/golden/protocol/v1.txt";

    [Fact]
    public void Descriptors_KeepEveryGoldenLine()
    {
        string[] present = [.. Lines().Order(StringComparer.Ordinal)];
        string path = Path.Combine(Repository.Root, Golden);
        if (Repository.Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string[] kept = File.Exists(path) ? File.ReadAllLines(path) : [];
            Assert.Empty(kept.Except(present)); // an update may add, never take away
            File.WriteAllLines(path, present);
        }

        Assert.True(File.Exists(path), $"{Golden} is missing: run bash tests/check.sh --update");
        string[] golden = File.ReadAllLines(path);
        Assert.Empty(golden.Except(present).Select(line => "removed or changed: " + line));
        Assert.Empty(present.Except(golden).Select(line => "added, not yet in the golden file (run bash tests/check.sh --update): " + line));
    }

    private static IEnumerable<string> Lines()
    {
        FileDescriptor[] files =
        [
            CommonReflection.Descriptor, CatalogReflection.Descriptor, EnvironmentReflection.Descriptor, SolverReflection.Descriptor,
            RunReflection.Descriptor, ModelReflection.Descriptor,
        ];
        foreach (var file in files)
        {
            foreach (var line in file.MessageTypes.SelectMany(Lines)) yield return line;
            foreach (var value in file.EnumTypes.SelectMany(e => e.Values)) yield return $"{value.EnumDescriptor.FullName}.{value.Name} = {value.Number}";
            foreach (var method in file.Services.SelectMany(s => s.Methods))
                yield return $"rpc {method.FullName}({Stream(method.IsClientStreaming)}{method.InputType.FullName}) returns ({Stream(method.IsServerStreaming)}{method.OutputType.FullName})";
        }
    }

    private static IEnumerable<string> Lines(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder().Select(f =>
            $"{f.FullName} = {f.FieldNumber}: {(f.IsRepeated ? "repeated " : string.Empty)}{TypeName(f)}{(f.ContainingOneof is { } o ? $" in {o.Name}" : string.Empty)}")
            .Concat(message.NestedTypes.SelectMany(Lines));

    private static string TypeName(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        var other => other.ToString(),
    };

    private static string Stream(bool streaming) => streaming ? "stream " : string.Empty;
}
