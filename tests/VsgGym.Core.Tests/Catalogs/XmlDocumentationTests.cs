namespace VsgGym.Core.Tests;

public sealed class XmlDocumentationTests
{
    private const string Xml = """
        <doc><members>
          <member name="T:VsgGym.Core.Tests.SampleInner">
            <summary>
            Two  lines with <see cref="T:A.B.Name`1"/>, <see cref="M:A.B.Run(System.Int32)"/>, <paramref name="x"/>,
            <see langword="null"/>, <c>code</c> and <see cref="P:A.B">a text</see>.
            </summary>
            <remarks>First.<para>Second.</para><list type="bullet"><item>Third.</item></list></remarks>
          </member>
          <member name="P:VsgGym.Core.Tests.SampleInner.From"><summary>The <b>start</b>.</summary></member>
        </members></doc>
        """;

    private static readonly XmlDocumentation Documentation = XmlDocumentation.Parse(Xml);

    [Fact]
    public void Summary_WithReferences_NamesThem() => Assert.Equal(
        "Two lines with Name, Run, x, null, code and a text.", Documentation.Summary(typeof(SampleInner)));

    [Fact]
    public void Remarks_WithBlocks_GiveLines() => Assert.Equal("First.\nSecond.\nThird.", Documentation.Remarks(typeof(SampleInner)));

    [Fact]
    public void Summary_OfAProperty_IsFound() => Assert.Equal(
        "The start.", Documentation.Summary(typeof(SampleInner).GetProperty(nameof(SampleInner.From))!));

    [Fact]
    public void Summary_OfWhatIsNotThere_IsEmpty()
    {
        Assert.Empty(Documentation.Summary(typeof(SampleGame)));
        Assert.Empty(Documentation.Summary(typeof(SampleInner).GetProperty(nameof(SampleInner.Count))!));
    }
}
