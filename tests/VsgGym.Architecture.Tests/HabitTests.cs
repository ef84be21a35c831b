using System.Text.RegularExpressions;

namespace VsgGym.Architecture.Tests;

/// <summary>Habits that a reader relies on: small files, no branching on ids, mirrored tests, nothing left open.</summary>
public sealed partial class HabitTests
{
    private const int HardFileLimit = 400;

    [Fact]
    public void EveryFile_IsBelowTheHardLimit()
    {
        var wrong = Sources().Select(file => (file, lines: Repository.Read(file).AsSpan().Count('\n')))
            .Where(f => f.lines > HardFileLimit).Select(f => $"{f.file}: {f.lines} lines");
        Assert.Empty(wrong);
    }

    [Fact]
    public void NoCode_BranchesOnAnId()
    {
        var wrong = from file in Sources()
                    where file.StartsWith("src/", StringComparison.Ordinal)
                    from Match match in CaseOnId().Matches(Repository.Read(file))
                    select $"{file}: {match.Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void NothingIsLeftOpen()
    {
        // The stand-ins keep the official base classes' behavior, which is to throw until overridden.
        var wrong = from file in Sources()
                    where !file.StartsWith("src/Compat/", StringComparison.Ordinal)
                    from Match match in LeftOpen().Matches(Repository.Read(file))
                    select $"{file}: {match.Value}";
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("VsgGym.Games")]
    [InlineData("VsgGym.Solvers")]
    [InlineData("VsgGym.Learning")]
    public void EveryEntry_HasAMirroredTest(string project)
    {
        var wrong = from file in Repository.Files($"src/{project}", "*.cs")
                    where EntryAttribute().IsMatch(Repository.Read(file))
                    let inside = file[$"src/{project}/".Length..^".cs".Length]
                    where !File.Exists(Path.Combine(Repository.Root, $"tests/{project}.Tests/{inside}Tests.cs"))
                    select $"{file} has no tests/{project}.Tests/{inside}Tests.cs";
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Sources() =>
        ((string[])["src", "clients", "tests"]).SelectMany(folder => Repository.Files(folder, "*.cs").Concat(Repository.Files(folder, "*.py")))
            .Where(file => !file.EndsWith("/HabitTests.cs", StringComparison.Ordinal));

    [GeneratedRegex("""case "[a-z_]+-v[0-9]+"|"[a-z_]+-v[0-9]+" =>|case "(rommeo_q|mge_f|mge_i|rommeo_ac|mai|gpi)"|"(rommeo_q|mge_f|mge_i|rommeo_ac|mai|gpi)" =>""")]
    private static partial Regex CaseOnId();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException|Skip\s*=\s*""|pytest\.mark\.skip|pytest\.skip|pytest\.mark\.xfail")]
    private static partial Regex LeftOpen();

    [GeneratedRegex(@"^\[(Game|Solver|Learner|Metric)\(""", RegexOptions.Multiline)]
    private static partial Regex EntryAttribute();
}
