using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Services;

/// <summary>Which protocol file declares a name; all files the server speaks, with the files they import.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, FileDescriptor> _symbols;
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);

    /// <summary>Reads the served files.</summary>
    public DescriptorIndex()
    {
        foreach (var file in ServedProtocol.Files) AddFile(file);
        var symbols = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        foreach (var file in _files.Values)
            foreach (string symbol in SymbolsOf(file)) symbols[symbol] = file;
        _symbols = symbols.ToFrozenDictionary(StringComparer.Ordinal);
        _messages.UnionWith(_files.Values.SelectMany(file => file.MessageTypes.SelectMany(WithNested)).Select(message => message.FullName));
    }

    /// <summary>Every name that a file declares: services, methods, messages, fields, oneofs, enumerations and their values.</summary>
    public IEnumerable<string> Symbols => _symbols.Keys;

    /// <summary>The names of all files.</summary>
    public IEnumerable<string> FileNames => _files.Keys;

    /// <summary>The file of this name, as import statements write it, or null.</summary>
    public FileDescriptor? FindFile(string name) => _files.GetValueOrDefault(name);

    /// <summary>The file that declares a name, or null.</summary>
    public FileDescriptor? FindSymbol(string name) => _symbols.GetValueOrDefault(name);

    /// <summary>Whether a name is a message's.</summary>
    public bool IsMessage(string name) => _messages.Contains(name);

    private void AddFile(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file)) return;
        foreach (var import in file.Dependencies) AddFile(import);
    }

    private static IEnumerable<string> SymbolsOf(FileDescriptor file)
    {
        var messages = file.MessageTypes.SelectMany(WithNested).ToList();
        foreach (var service in file.Services)
        {
            yield return service.FullName;
            foreach (var method in service.Methods) yield return method.FullName;
        }

        foreach (var message in messages)
        {
            yield return message.FullName;
            foreach (var field in message.Fields.InDeclarationOrder()) yield return field.FullName;
            foreach (var oneof in message.Oneofs) yield return oneof.FullName;
        }

        foreach (var kind in file.EnumTypes.Concat(messages.SelectMany(message => message.EnumTypes)))
        {
            yield return kind.FullName;
            // A value's name lies beside its enumeration, not inside it.
            string scope = kind.FullName[..^kind.Name.Length];
            foreach (var value in kind.Values) yield return scope + value.Name;
        }
    }

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);
}
