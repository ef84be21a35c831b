namespace VsgGym.Export.Tests;

/// <summary>The tests that read the exported samples.</summary>
[CollectionDefinition(Name)]
public sealed class ExportCollection : ICollectionFixture<ExportedSamples>
{
    public const string Name = "exported samples";
}
