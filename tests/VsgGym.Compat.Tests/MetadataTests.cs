using Grpc.Core;

namespace VsgGym.Compat.Tests;

public sealed class MetadataTests
{
    [Fact]
    public void RepeatedKey_LastValueIsTheValue()
    {
        var metadata = new Metadata { { "Key", "first" }, { "key", "second" } };

        Assert.Equal("second", metadata.GetValue("KEY"));
        Assert.Equal(["first", "second"], metadata.GetAll("key").Select(entry => entry.Value));
        Assert.Null(metadata.GetValue("other"));
    }

    [Fact]
    public void BytesUnderATextKey_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new Metadata { { "data", [1] } });

    [Fact]
    public void TextUnderABinaryKey_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Metadata { { "data-bin", "text" } });

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("k\u00e9y")]
    public void KeyOutsideTheAlphabet_IsRefused(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void BinaryEntry_HasNoText() =>
        Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("data-bin", [1]).Value);

    [Fact]
    public void Empty_CannotBeChanged() =>
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("key", "value"));
}
