using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using VsgGym.Export.Onnx;

namespace VsgGym.Export;

/// <summary>Builds an ONNX graph node by node: each call adds a node and gives the name of its result.</summary>
/// <remarks>
/// Operators are those of opset 17 in the standard domain. Between inputs and outputs, which are float32, numbers are double precision, as in
/// <see cref="Networks.BlueprintForward"/>: that costs little for networks of this size and makes files agree on every runtime. Weights are
/// stored as float32, little-endian, and widened in the graph, which runtimes do once when they load it.
/// </remarks>
internal sealed class GraphWriter(string name)
{
    public const int Opset = 17;
    public const int IntermediateVersion = 8;
    public const string Batch = "batch";

    private readonly GraphProto _graph = new() { Name = name };
    private readonly Dictionary<(TensorProto.Types.DataType Type, string Shape, ByteString Data), string> _constants = []; // equal numbers are stored once
    private readonly Dictionary<string, string> _widened = [];

    /// <summary>Adds an input with a symbolic first dimension.</summary>
    /// <param name="input">Its name.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="width">Length of the second dimension, or null for [batch].</param>
    /// <returns>The input, widened to double precision where it is float32.</returns>
    public string Input(string input, TensorProto.Types.DataType type, int? width)
    {
        _graph.Input.Add(Value(input, type, width));
        return type == TensorProto.Types.DataType.Float ? Cast(input, TensorProto.Types.DataType.Double) : input;
    }

    /// <summary>Gives a result an output's name and type.</summary>
    /// <param name="output">The output's name.</param>
    /// <param name="result">The result.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="width">Length of the second dimension, or null for [batch].</param>
    public void Output(string output, string result, TensorProto.Types.DataType type, int? width)
    {
        var node = new NodeProto { OpType = "Cast", Name = output, Input = { result }, Output = { output } };
        node.Attribute.Add(new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = (long)type });
        _graph.Node.Add(node);
        _graph.Output.Add(Value(output, type, width));
    }

    /// <summary>Adds a node without attributes.</summary>
    public string Node(string operation, params ReadOnlySpan<string> inputs) => Node(operation, inputs, []);

    /// <summary>Adds a node with whole-number attributes.</summary>
    public string Node(string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<(string Name, long[] Values, bool Scalar)> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = Next(operation) };
        foreach (string input in inputs) node.Input.Add(input);
        foreach (var (attribute, values, scalar) in attributes)
        {
            var proto = new AttributeProto { Name = attribute, Type = scalar ? AttributeProto.Types.AttributeType.Int : AttributeProto.Types.AttributeType.Ints };
            if (scalar) proto.I = values[0];
            else proto.Ints.Add(values);
            node.Attribute.Add(proto);
        }

        node.Output.Add(node.Name);
        _graph.Node.Add(node);
        return node.Name;
    }

    /// <summary>An attribute of one whole number.</summary>
    public static (string Name, long[] Values, bool Scalar) Whole(string name, long value) => (name, [value], true);

    /// <summary>An attribute that lists axes.</summary>
    public static (string Name, long[] Values, bool Scalar) Axes(params long[] axes) => ("axes", axes, false);

    /// <summary>Numbers of another type.</summary>
    /// <param name="value">A result.</param>
    /// <param name="type">The type.</param>
    public string Cast(string value, TensorProto.Types.DataType type) => Node("Cast", [value], Whole("to", (long)type));

    /// <summary>Adds float32 numbers, widened to double precision.</summary>
    /// <param name="hint">Part of the name.</param>
    /// <param name="values">In row-major order.</param>
    /// <param name="shape">Empty for a scalar.</param>
    public string Constant(string hint, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        string narrow = Narrow(hint, values, shape);
        if (_widened.TryGetValue(narrow, out string? known)) return known;
        return _widened[narrow] = Cast(narrow, TensorProto.Types.DataType.Double);
    }

    /// <summary>Adds float32 numbers as they are.</summary>
    /// <param name="hint">Part of the name.</param>
    /// <param name="values">In row-major order.</param>
    /// <param name="shape">Empty for a scalar.</param>
    public string Narrow(string hint, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(hint, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds double-precision numbers.</summary>
    /// <param name="hint">Part of the name.</param>
    /// <param name="values">In row-major order.</param>
    /// <param name="shape">Empty for a scalar.</param>
    public string Exact(string hint, ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) =>
        Constant(hint, TensorProto.Types.DataType.Double, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds int64 numbers.</summary>
    /// <param name="hint">Part of the name.</param>
    /// <param name="values">In row-major order.</param>
    /// <param name="shape">Empty for a scalar.</param>
    public string Constant(string hint, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        Constant(hint, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>The finished model.</summary>
    /// <param name="metadata">Properties, in this order.</param>
    /// <param name="version">The product's version.</param>
    /// <param name="description">What the model does, for a person who opens the file.</param>
    public ModelProto Build(IReadOnlyDictionary<string, string> metadata, string version, string description)
    {
        var model = new ModelProto
        {
            IrVersion = IntermediateVersion,
            ProducerName = "VsgGym",
            ProducerVersion = version,
            DocString = description,
            Graph = _graph,
            OpsetImport = { new OperatorSetIdProto { Domain = string.Empty, Version = Opset } },
        };
        foreach (var (key, value) in metadata) model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }

    private string Constant(string hint, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        var key = (type, string.Join(",", shape.ToArray()), ByteString.CopyFrom(bytes));
        if (_constants.TryGetValue(key, out string? known)) return known;
        var tensor = new TensorProto { Name = $"{hint}_{_graph.Initializer.Count}", DataType = (int)type, RawData = key.Item3 };
        foreach (long extent in shape) tensor.Dims.Add(extent);
        _graph.Initializer.Add(tensor);
        _constants.Add(key, tensor.Name);
        return tensor.Name;
    }

    private string Next(string operation) => string.Create(CultureInfo.InvariantCulture, $"{operation.ToLowerInvariant()}_{_graph.Node.Count}");

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, int? width)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch } } };
        if (width is { } extent) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = extent });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
