using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of the language on its way into an operation.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(double real, long integer, ScalarType type)
    {
        Real = real;
        Integer = integer;
        Type = type;
    }

    public ScalarType Type { get; }

    internal double Real { get; }

    internal long Integer { get; }

    public static implicit operator Scalar(byte value) => new(value, value, ScalarType.Byte);

    public static implicit operator Scalar(int value) => new(value, value, ScalarType.Int32);

    public static implicit operator Scalar(long value) => new(value, value, ScalarType.Int64);

    public static implicit operator Scalar(float value) => new(value, (long)value, ScalarType.Float32);

    public static implicit operator Scalar(double value) => new(value, (long)value, ScalarType.Float64);

    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, value ? 1 : 0, ScalarType.Bool);

    public void Dispose()
    {
    }
}

/// <summary>Conversions from and to numbers.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.Real;

    public static double ToDouble(this Scalar value) => value.Real;

    public static int ToInt32(this Scalar value) => (int)value.Integer;

    public static long ToInt64(this Scalar value) => value.Integer;

    public static bool ToBoolean(this Scalar value) => value.Integer != 0 || value.Real != 0;
}
