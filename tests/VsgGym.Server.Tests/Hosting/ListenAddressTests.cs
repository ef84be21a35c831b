using VsgGym.Server.Hosting;

namespace VsgGym.Server.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:0", "127.0.0.1:0", true)]
    [InlineData("localhost:50051", "127.0.0.1:50051", true)]
    [InlineData("[::1]:80", "[::1]:80", true)]
    [InlineData("0.0.0.0:1", "0.0.0.0:1", false)]
    [InlineData("10.1.2.3:65535", "10.1.2.3:65535", false)]
    [InlineData("unix:/tmp/x.sock", "unix:/tmp/x.sock", true)]
    public void Parse_OfAnAddress_ReadsIt(string text, string shown, bool local)
    {
        var address = ListenAddress.Parse(text);
        Assert.Equal(shown, address.ToString());
        Assert.Equal(local, address.IsLocal);
    }

    [Theory]
    [InlineData("127.0.0.1", "has no port")]
    [InlineData("127.0.0.1:", "port \"\"")]
    [InlineData("127.0.0.1:65536", "port \"65536\"")]
    [InlineData("127.0.0.1:-1", "port \"-1\"")]
    [InlineData("example.org:80", "\"example.org\" is not an IP address")]
    [InlineData("::1:80", "is not an IP address")]
    [InlineData(":80", "has no port")]
    [InlineData("unix:", "has no path")]
    [InlineData("", "has no port")]
    public void Parse_OfAnythingElse_SaysWhy(string text, string why)
    {
        var error = Assert.Throws<FormatException>(() => ListenAddress.Parse(text));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{text}\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfTooLongASocketPath_NamesTheLimit() =>
        Assert.Contains("107 bytes", Assert.Throws<FormatException>(() => ListenAddress.Parse("unix:/" + new string('x', 107))).Message, StringComparison.Ordinal);
}
