/* A JVMTI agent that writes down which classes, methods and fields native code looks up by name: as native-image's own agent
 * does it, by functions of its own in the table that JNI is called through. -agentpath:libjnitrace.so=FILE
 * A line each:  class NAME  |  method CLASS NAME DESCRIPTOR  |  field CLASS NAME DESCRIPTOR */
#include <jni.h>
#include <jvmti.h>
#include <stdio.h>

static jvmtiEnv *jvmti;
static struct JNINativeInterface_ *original;
static FILE *trace;

static void member(const char *kind, jclass owner, const char *name, const char *descriptor) {
    char *signature = NULL;
    if ((*jvmti)->GetClassSignature(jvmti, owner, &signature, NULL) == JVMTI_ERROR_NONE) {
        fprintf(trace, "%s %s %s %s\n", kind, signature, name, descriptor);
        fflush(trace);
        (*jvmti)->Deallocate(jvmti, (unsigned char *)signature);
    }
}

static jclass JNICALL find_class(JNIEnv *env, const char *name) {
    fprintf(trace, "class %s\n", name);
    fflush(trace);
    return original->FindClass(env, name);
}

static jmethodID JNICALL get_method(JNIEnv *env, jclass owner, const char *name, const char *descriptor) {
    member("method", owner, name, descriptor);
    return original->GetMethodID(env, owner, name, descriptor);
}

static jmethodID JNICALL get_static_method(JNIEnv *env, jclass owner, const char *name, const char *descriptor) {
    member("method", owner, name, descriptor);
    return original->GetStaticMethodID(env, owner, name, descriptor);
}

static jfieldID JNICALL get_field(JNIEnv *env, jclass owner, const char *name, const char *descriptor) {
    member("field", owner, name, descriptor);
    return original->GetFieldID(env, owner, name, descriptor);
}

static jfieldID JNICALL get_static_field(JNIEnv *env, jclass owner, const char *name, const char *descriptor) {
    member("field", owner, name, descriptor);
    return original->GetStaticFieldID(env, owner, name, descriptor);
}

static jint JNICALL throw_new(JNIEnv *env, jclass owner, const char *message) {
    member("method", owner, "<init>", "(Ljava/lang/String;)V"); /* which it calls */
    return original->ThrowNew(env, owner, message);
}

static void JNICALL started(jvmtiEnv *ti, JNIEnv *env, jthread thread) {
    struct JNINativeInterface_ *table = NULL;
    if ((*jvmti)->GetJNIFunctionTable(jvmti, &original) != JVMTI_ERROR_NONE
        || (*jvmti)->GetJNIFunctionTable(jvmti, &table) != JVMTI_ERROR_NONE) {
        return;
    }
    table->FindClass = find_class;
    table->GetMethodID = get_method;
    table->GetStaticMethodID = get_static_method;
    table->GetFieldID = get_field;
    table->GetStaticFieldID = get_static_field;
    table->ThrowNew = throw_new;
    (*jvmti)->SetJNIFunctionTable(jvmti, table);
}

JNIEXPORT jint JNICALL Agent_OnLoad(JavaVM *vm, char *options, void *reserved) {
    jvmtiEventCallbacks callbacks = {0};
    trace = options == NULL ? NULL : fopen(options, "w");
    if (trace == NULL || (*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_1_2) != JNI_OK) {
        return JNI_ERR;
    }
    callbacks.VMInit = started;
    (*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks);
    (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_VM_INIT, NULL);
    return JNI_OK;
}
