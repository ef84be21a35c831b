namespace VsgGym.Core.Tests;

public sealed class ReferencesTests
{
    private const string Sound = """{"key": "k", "authors": "A", "title": "T", "venue": "V", "year": 2000}""";

    [Fact]
    public void All_OfTheEmbeddedFile_IsSoundAndSorted()
    {
        Assert.Contains("rommeo", References.All.Keys);
        Assert.Equal(References.All.Keys.Order(StringComparer.Ordinal), References.All.Keys);
        Assert.Equal("A Regularized Opponent Model with Maximum Entropy Objective", References.All["rommeo"].Title);
    }

    [Fact]
    public void Parse_OfASoundWork_KeepsEveryField() =>
        Assert.Equal(new Citation("k", "A", "T", "V", 2000), References.Parse($"[{Sound}]")["k"]);

    [Theory]
    [InlineData("""[{"key": "k", "authors": "A", "title": " ", "venue": "V", "year": 2000}]""", "references.json[0].title")]
    [InlineData("""[{"key": "k", "authors": "A", "venue": "V", "year": 2000, "title": "T", "url": "x"}]""", "references.json[0].url")]
    [InlineData("""[{"key": "k", "authors": "A", "title": "T", "venue": "V", "year": "2000"}]""", "references.json[0].year")]
    [InlineData($"[{Sound}, {Sound}]", "references.json[1].key")]
    [InlineData("[3]", "references.json[0]")]
    [InlineData("{}", "references.json")]
    [InlineData("[", "references.json")]
    public void Parse_OfOneFault_NamesItsPath(string json, string path) =>
        Assert.Equal(path, Assert.Single(Assert.Throws<CatalogException>(() => References.Parse(json)).Faults).Path);

    [Fact]
    public void Parse_OfAnEmptyWork_ListsEveryField() =>
        Assert.Equal(5, Assert.Throws<CatalogException>(() => References.Parse("[{}]")).Faults.Count);
}
