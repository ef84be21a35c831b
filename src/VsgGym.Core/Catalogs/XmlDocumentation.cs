using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VsgGym.Core;

/// <summary>The XML comments of an assembly, as plain text, read from the file beside it.</summary>
internal sealed partial class XmlDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, XmlDocumentation> Loaded = new();
    private readonly Dictionary<string, XElement> _members;

    private XmlDocumentation(Dictionary<string, XElement> members) => _members = members;

    /// <summary>The comments of an assembly; without a file, every text is empty.</summary>
    public static XmlDocumentation Of(Assembly assembly) => Loaded.GetOrAdd(assembly, Load);

    /// <summary>Reads the text of a documentation file.</summary>
    public static XmlDocumentation Parse(string xml) => new(XDocument.Parse(xml, LoadOptions.PreserveWhitespace)
        .Descendants("member")
        .Where(member => member.Attribute("name") is not null)
        .GroupBy(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal));

    /// <summary>A class's summary, or empty.</summary>
    public string Summary(Type type) => Text(Find($"T:{Name(type)}")?.Element("summary"));

    /// <summary>A class's remarks, or empty.</summary>
    public string Remarks(Type type) => Text(Find($"T:{Name(type)}")?.Element("remarks"));

    /// <summary>A property's summary, or the text of the record's parameter of that name, or empty.</summary>
    public string Summary(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        string summary = Text(Find($"P:{Name(type)}.{property.Name}")?.Element("summary"));
        return summary.Length > 0 ? summary : Text(Find($"T:{Name(type)}")?.Elements("param")
            .FirstOrDefault(parameter => parameter.Attribute("name")?.Value == property.Name));
    }

    private static XmlDocumentation Load(Assembly assembly)
    {
        string beside = Path.ChangeExtension(assembly.Location, ".xml");
        string file = beside.Length > 0 ? beside : Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        return File.Exists(file) ? Parse(File.ReadAllText(file)) : new XmlDocumentation([]);
    }

    private XElement? Find(string member) => _members.GetValueOrDefault(member);

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static string Text(XElement? element)
    {
        if (element is null) return string.Empty;
        var text = new StringBuilder();
        Append(element, text);
        var paragraphs = text.ToString().Split(ParagraphMark).Select(part => Blanks().Replace(part, " ").Trim());
        return string.Join("\n", paragraphs.Where(part => part.Length > 0));
    }

    private const char ParagraphMark = '\f';

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText plain) text.Append(plain.Value);
            if (node is not XElement child) continue;
            bool isBlock = child.Name.LocalName is "para" or "item" or "list" or "code" or "br";
            if (isBlock) text.Append(ParagraphMark);
            if (child.IsEmpty || child.Nodes().All(n => n is XText { Value: "" })) text.Append(Reference(child));
            else Append(child, text);
            if (isBlock) text.Append(ParagraphMark);
        }
    }

    /// <summary>What an empty element stands for: the last part of a cref, a parameter's name, a keyword.</summary>
    private static string Reference(XElement element)
    {
        if (element.Attribute("cref")?.Value is not { } cref)
            return element.Attribute("name")?.Value ?? element.Attribute("langword")?.Value ?? element.Attribute("href")?.Value ?? string.Empty;
        string member = cref.Length > 1 && cref[1] == ':' ? cref[2..] : cref;
        int parameters = member.IndexOf('(', StringComparison.Ordinal);
        if (parameters >= 0) member = member[..parameters];
        string last = member[(member.LastIndexOf('.') + 1)..];
        int arity = last.IndexOf('`', StringComparison.Ordinal);
        return arity < 0 ? last : last[..arity];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
